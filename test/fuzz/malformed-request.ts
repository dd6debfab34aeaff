import fc from 'fast-check'
import { endpoint } from '../server/handler-setup.js'

/** How a request is malformed. */
export const malformations = [
  'any JSON',
  'any bytes',
  'other values in a good body',
  'other fields in a good body',
  'other bytes in a good body',
  'any method and headers',
  'a body that breaks off',
] as const

export type Malformation = (typeof malformations)[number]

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom('', '\0', '\r\n', '\uD800', '../..', '__proto__', 'v1.a.b', 'x'.repeat(5000)),
  fc.constantFrom('files/other', 'image/png,text/html', 'a.svg', 'text/html', '$key', 'a.csv/..'),
)
const anyNumber = fc.oneof(
  fc.double(),
  fc.constantFrom(-0, -1, 0.5, 1e308, 2 ** 53, Number.MAX_SAFE_INTEGER, 10_000, 10_001),
  fc.integer({ min: 0, max: 20_000_000 }),
)
const anyValue = fc.oneof(anyText, anyNumber, fc.jsonValue(), fc.constantFrom(true, null))
const fieldName = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'then'),
  fc.constantFrom('operation', 'files', 'uploads', 'tokens', 'token', 'parts', 'attempt', 'id'),
  fc.constantFrom('name', 'type', 'size', 'metadata', 'checksum', 'checksumAlgorithm', 'inParts'),
  fc.constantFrom('partSizeBytes', 'relativePath', 'key', 'receipt', 'disposition', 'toJSON'),
)
/** Good requests are drawn by such a number. */
const operation = fc.nat(1000)

/** What HTTP can carry in a header, from what pages and proxies send to anything at all. */
const headerText = fc.oneof(
  fc.constantFrom('application/json', 'application/json; charset=x', 'text/plain', 'null', '*', ''),
  fc.constantFrom('https://app.example.com', 'https://evil.example', 'same-origin', 'cross-site'),
  fc.constantFrom('0', '-1', 'NaN', '1e9', '99999999999999999999', 'gzip', 'chunked', 'ada'),
  fc
    .array(fc.integer({ min: 0x20, max: 0xff }), { maxLength: 30 })
    .map((codes) => String.fromCharCode(...codes.filter((code) => code !== 0x7f))),
)
const headerName = fc.constantFrom(
  ...['content-type', 'origin', 'sec-fetch-site', 'content-length', 'content-encoding', 'host'],
  ...['transfer-encoding', 'access-control-request-headers', 'access-control-request-method'],
  ...['x-user', 'cookie', 'authorization', 'referer', 'expect', 'x-forwarded-host', 'forwarded'],
  ...['accept', 'range', 'if-none-match', 'x-http-method-override', '__proto__', 'constructor'],
)
const method = fc.oneof(
  { weight: 5, arbitrary: fc.constant('POST') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'post', 'PROPFIND', 'X'),
  },
)

/** A request, made once the good ones are known. */
export interface MalformedRequest {
  readonly malformation: Malformation
  readonly make: (good: readonly object[]) => Request
}

/** Draws requests that are malformed in this way. */
export function malformedRequest(malformation: Malformation): fc.Arbitrary<MalformedRequest> {
  return makers[malformation].map((make) => ({ malformation, make }))
}

const makers: Record<Malformation, fc.Arbitrary<MalformedRequest['make']>> = {
  'any JSON': fc.jsonValue({ maxDepth: 5 }).map((json) => () => post(JSON.stringify(json))),
  'any bytes': fc.uint8Array({ maxLength: 200 }).map((bytes) => () => post(new Uint8Array(bytes))),
  'other values in a good body': fc
    .tuple(operation, fc.array(fc.tuple(fc.nat(40), anyValue), { minLength: 1, maxLength: 3 }))
    .map(([index, changes]) => (good) => {
      const body = changes.reduce<unknown>(
        (value, [place, replacement]) => replaceNth(value, place, replacement),
        nth(good, index),
      )
      return post(JSON.stringify(body))
    }),
  'other fields in a good body': fc
    .tuple(operation, fc.nat(20), fieldName, anyValue)
    .map(([index, place, name, value]) => (good) => {
      const text = JSON.stringify(nth(good, index))
      return post(withField(text, place, `"${name}":${JSON.stringify(value)}`))
    }),
  'other bytes in a good body': fc
    .tuple(
      operation,
      fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), {
        minLength: 1,
        maxLength: 4,
      }),
    )
    .map(([index, changes]) => (good) => {
      const bytes = new TextEncoder().encode(JSON.stringify(nth(good, index)))
      for (const [place, byte] of changes) bytes[place % bytes.length] = byte
      return post(bytes)
    }),
  'any method and headers': fc
    .record({
      name: method,
      headers: fc.array(fc.tuple(headerName, headerText), { maxLength: 5 }),
      index: operation,
      isJson: fc.boolean(),
    })
    .map(({ name, headers, index, isJson }) => (good) => {
      const hasNoBody = name === 'GET' || name === 'HEAD'
      const given = new Headers(isJson ? { 'content-type': 'application/json' } : {})
      for (const [header, value] of headers) given.append(header, value)
      const body = hasNoBody ? null : JSON.stringify(nth(good, index))
      return new Request(endpoint, { method: name, headers: given, body })
    }),
  'a body that breaks off': fc
    .tuple(operation, fc.nat(), fc.boolean())
    .map(([index, length, isEnded]) => (good) => {
      const bytes = new TextEncoder().encode(JSON.stringify(nth(good, index)))
      return post(brokenBody(bytes.subarray(0, length % bytes.length), isEnded))
    }),
}

/** Draws requests that are malformed in any way. */
export const anyMalformedRequest = fc.oneof(
  ...malformations.map((name) => ({
    weight: name.includes('good body') ? 3 : 1,
    arbitrary: malformedRequest(name),
  })),
)

function post(body: BodyInit): Request {
  const headers = { 'content-type': 'application/json' }
  // Without this, nothing may be streamed.
  const init = { method: 'POST', headers, body, duplex: 'half' }
  return new Request(endpoint, init)
}

function brokenBody(bytes: Uint8Array, isEnded: boolean): ReadableStream {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(bytes)
      if (isEnded) controller.close()
      else controller.error(new Error('The connection ended.'))
    },
  })
}

function nth(good: readonly object[], index: number): object {
  return good[index % good.length] ?? {}
}

/** Replaces the nth value of a JSON value, counted through all of it. */
function replaceNth(value: unknown, place: number, replacement: unknown): unknown {
  let count = -1
  const text = JSON.stringify(value, (_, inner) => {
    count += 1
    return count === place ? replacement : inner
  })
  return JSON.parse(text ?? 'null')
}

/** Puts a field first into the nth object of a JSON text, where an equal one behind it may win. */
function withField(text: string, place: number, field: string): string {
  const objects = [...text.matchAll(/\{/g)]
  const at = objects[place % objects.length]?.index ?? 0
  const rest = text.slice(at + 1)
  return `${text.slice(0, at + 1)}${field}${rest.startsWith('}') ? '' : ','}${rest}`
}
