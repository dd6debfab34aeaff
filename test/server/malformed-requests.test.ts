import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { errorCodes } from '../../src/protocol/error-response.js'
import { parseErrorResponse, parseResponse } from '../../src/protocol/parse.js'
import { bucketOf, createTestHandler, endpoint, file, storedPhoto } from './handler-setup.js'

const seed = 20_260_304
const errors: unknown[] = []
const server = createTestHandler({
  fetch: bucketOf(storedPhoto),
  authorizeDownload: () => true,
  onError: (error) => errors.push(error),
})
const codes = new Set(Object.keys(errorCodes))
let token = ''

beforeAll(async () => {
  token = (await server.signOne()).token
})

/** Sends a body and says what is wrong with the answer; `undefined` when nothing is. */
async function faultOf(body: string | Uint8Array<ArrayBuffer>): Promise<string | undefined> {
  const headers = { 'content-type': 'application/json' }
  const response = await server.handler(new Request(endpoint, { method: 'POST', headers, body }))
  const json: unknown = await response.json()
  if (response.status === 200) return faultOfAnswer(json)
  const parsed = parseErrorResponse(json)
  if (!parsed.ok) return 'a refusal that is none'
  const { code } = parsed.value.error
  if (code === 'internal-error' || response.status === 500) return 'an internal error'
  return codes.has(code) ? undefined : `the code ${code}`
}

function faultOfAnswer(json: unknown): string | undefined {
  const text = JSON.stringify(json)
  if (text.includes('internal-error')) return 'an internal error in a batch'
  const operations = [
    'sign-uploads',
    'complete-uploads',
    'abort-uploads',
    'sign-downloads',
  ] as const
  const isAnswer = operations.some((name) => {
    const parsed = parseResponse(name, json)
    return parsed.ok && !JSON.stringify(parsed.value).includes('endpoint-answer')
  })
  return isAnswer ? undefined : `the answer ${text}`
}

const expectNoFault = async (body: string | Uint8Array<ArrayBuffer>) => {
  expect(await faultOf(body)).toBeUndefined()
}

const names = fc.constantFrom(
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'operation',
  'files',
  'uploads',
  'tokens',
  'id',
  'name',
  'type',
  'size',
  'token',
  'metadata',
  'attempt',
  'checksum',
  'relativePath',
  'key',
  'receipt',
  'disposition',
)
const numbers = fc.constantFrom('1e999', '-0', '9007199254740993', '-1', '0.5', '1e308')
const strangeText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 50 }),
  fc.constantFrom('', '\0', '\uD800', '../..', '\u202E', '__proto__', 'v1.a.b', 'x'.repeat(5000)),
)
const { json } = fc.letrec<{ json: string }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 4 },
    strangeText.map((text) => JSON.stringify(text)),
    numbers,
    fc.constantFrom('true', 'null', '{}', '[]'),
    fc.array(tie('json'), { maxLength: 4 }).map((items) => `[${items.join(',')}]`),
    fc
      .array(fc.tuple(names, tie('json')), { maxLength: 5 })
      .map((pairs) => `{${pairs.map(([name, value]) => `"${name}":${value}`).join(',')}}`),
  ),
}))

const validBody = fc
  .constantFrom('sign-uploads', 'complete-uploads', 'abort-uploads', 'sign-downloads')
  .map((operation) => {
    const parts = {
      'sign-uploads': { files: [{ ...file(), relativePath: 'a/b', metadata: { a: 'b' } }, file()] },
      'complete-uploads': { uploads: [{ token }, { token }] },
      'abort-uploads': { tokens: [token, token] },
      'sign-downloads': {
        files: [{ key: 'files/a.txt', disposition: 'inline', name: 'a.txt' }, { receipt: token }],
      },
    }
    return { operation, ...parts[operation] }
  })

/** Replaces the value at the nth place of a JSON value, counted through all of it. */
function replaceNth(value: unknown, place: number, replacement: unknown): unknown {
  let count = -1
  return JSON.parse(
    JSON.stringify(value, (_, inner) => {
      count += 1
      return count === place ? replacement : inner
    }) ?? 'null',
  )
}

describe('a malformed request', () => {
  const runs = { seed, numRuns: 500 }

  it('is refused as any JSON', async () => {
    await fc.assert(fc.asyncProperty(json, expectNoFault), runs)
  })

  it('is refused as an operation with any fields', async () => {
    const body = fc
      .tuple(validBody, names, json)
      .map(([valid, name, value]) => `${JSON.stringify(valid).slice(0, -1)},"${name}":${value}}`)

    await fc.assert(fc.asyncProperty(body, expectNoFault), runs)
  })

  it('is refused as a good one with any value replaced', async () => {
    const replacement = fc.oneof(
      json.map((text): unknown => JSON.parse(text)),
      strangeText,
      fc.double(),
    )
    const body = fc
      .tuple(validBody, fc.nat(25), replacement)
      .map(([valid, place, value]) => JSON.stringify(replaceNth(valid, place, value)))

    await fc.assert(fc.asyncProperty(body, expectNoFault), runs)
  })

  it('is refused as a good one with any bytes changed', async () => {
    const body = fc
      .tuple(
        validBody,
        fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), {
          minLength: 1,
          maxLength: 4,
        }),
      )
      .map(([valid, changes]) => {
        const bytes = new TextEncoder().encode(JSON.stringify(valid))
        for (const [place, byte] of changes) bytes[place % bytes.length] = byte
        return bytes
      })

    await fc.assert(fc.asyncProperty(body, expectNoFault), runs)
  })

  it.each([
    ['a deep list', '['.repeat(200_000)],
    ['a deep list that ends', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    ['a deep object', '{"a":'.repeat(100_000)],
    [
      'deep metadata',
      `{"operation":"sign-uploads","files":[{"metadata":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}}]}`,
    ],
    ['a number of 100,000 digits', `{"operation":"sign-uploads","attempt":${'9'.repeat(100_000)}}`],
    [
      '100,000 tokens',
      JSON.stringify({ operation: 'abort-uploads', tokens: Array(100_000).fill('a') }),
    ],
    [
      '100 long tokens',
      JSON.stringify({
        operation: 'abort-uploads',
        tokens: Array(60).fill(`v1.${'e'.repeat(16_000)}.${'A'.repeat(43)}`),
      }),
    ],
  ])('is refused as %s', async (_, body) => {
    await expectNoFault(body)
  })

  it('leaves nothing to report', () => {
    expect(errors).toEqual([])
  })
})
