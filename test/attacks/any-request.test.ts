import { connect } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createConfiguredHandler } from '../../src/server/create-signing-handler.js'
import { resolveOptions } from '../../src/server/options/signing-config.js'
import { credentials, endpoint, file, options, secret } from '../server/handler-setup.js'
import { createPair, video } from '../server/multipart-setup.js'
import { answerFault } from './answer-fault.js'
import { type AttackTarget, openAttackTarget } from './attack-target.js'

const runs = { seed: 20_260_304, numRuns: 500 }
const secrets = [secret, credentials.secretAccessKey]
const errors: unknown[] = []

let server: ReturnType<typeof createPair>
let handler: (request: Request) => Promise<Response>
/** One good request of each operation. */
let good: readonly object[] = []
/** What good requests hold and no refusal repeats. */
let sent: readonly string[] = []

beforeAll(async () => {
  server = createPair({ options: { authorizeDownload: () => true } })
  handler = createConfiguredHandler({
    ...resolveOptions({
      ...options,
      allowedOrigins: ['https://app.example.com'],
      authorize: () => ({ owner: 'ada' }),
      authorizeDownload: () => true,
      fetch: (request) => server.s3.fetch(request),
      onError: (error) => errors.push(error),
    }),
    sleep: async () => {},
  })
  const { token } = await server.upload()
  const completed = await server.complete(token)
  if (!completed || !('receipt' in completed)) throw new Error('The upload was not completed.')
  const { receipt } = completed
  const checksum = 'LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ='
  const described = { relativePath: 'a/b.jpg', metadata: { a: 'b' }, checksum }
  good = [
    { operation: 'sign-uploads', attempt: 1, files: [file(described), video()] },
    { operation: 'sign-parts', token, parts: [{ partNumber: 1, checksum }, { partNumber: 2 }] },
    { operation: 'list-parts', token },
    { operation: 'complete-uploads', uploads: [{ token }, { token: receipt }] },
    { operation: 'abort-uploads', tokens: [token, receipt] },
    {
      operation: 'sign-downloads',
      files: [{ receipt, disposition: 'inline', name: 'a.mp4' }, { key: 'files/a.txt' }],
    },
  ]
  sent = [token, receipt].flatMap((text) => [text, text.split('.')[2] ?? ''])
})

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom('', '\0', '\r\n', '\uD800', '../..', '__proto__', 'v1.a.b', 'x'.repeat(5000)),
)
const anyNumber = fc.oneof(
  fc.double(),
  fc.constantFrom(-0, -1, 0.5, 1e308, 2 ** 53, Number.MAX_SAFE_INTEGER, 10_000, 10_001),
)
const anyValue = fc.oneof(anyText, anyNumber, fc.jsonValue(), fc.constantFrom(true, null))

/** A good request in which some values, at any place, are others. */
const mutated = fc
  .tuple(fc.nat(5), fc.array(fc.tuple(fc.nat(30), anyValue), { minLength: 1, maxLength: 3 }))
  .map(([operation, changes]) => ({ operation, changes }))

function bodyOf({
  operation,
  changes,
}: typeof mutated extends fc.Arbitrary<infer It> ? It : never) {
  return changes.reduce<unknown>(
    (value, [place, replacement]) => replaceNth(value, place, replacement),
    good[operation],
  )
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
const headers = fc.array(fc.tuple(headerName, headerText), { maxLength: 5 })
const method = fc.oneof(
  { weight: 5, arbitrary: fc.constant('POST') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'post', 'PROPFIND', 'X'),
  },
)

async function expectNoFault(request: Request): Promise<void> {
  const response = await handler(request)
  expect(await answerFault(response, { secrets, sent })).toBeUndefined()
}

const isJson = { 'content-type': 'application/json' }

describe('any request is answered as the protocol says', () => {
  it('with any JSON', async () => {
    const property = fc.asyncProperty(fc.jsonValue({ maxDepth: 5 }), (json) =>
      expectNoFault(jsonRequest(json)),
    )

    await fc.assert(property, runs)
  })

  it('with any bytes', async () => {
    const property = fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), (bytes) =>
      expectNoFault(
        new Request(endpoint, { method: 'POST', headers: isJson, body: new Uint8Array(bytes) }),
      ),
    )

    await fc.assert(property, runs)
  })

  it('with a good body of which values are others', async () => {
    const property = fc.asyncProperty(mutated, (mutation) =>
      expectNoFault(jsonRequest(bodyOf(mutation))),
    )

    await fc.assert(property, { ...runs, numRuns: 2000 })
  }, 60_000)

  it('with any method and headers', async () => {
    const property = fc.asyncProperty(
      fc.record({ method, headers, operation: fc.nat(5), isJson: fc.boolean() }),
      async (drawn) => {
        const body = hasNoBody(drawn.method) ? null : JSON.stringify(good[drawn.operation])
        const given = new Headers(drawn.isJson ? isJson : {})
        for (const [name, value] of drawn.headers) given.append(name, value)
        await expectNoFault(new Request(endpoint, { method: drawn.method, headers: given, body }))
      },
    )

    await fc.assert(property, { ...runs, numRuns: 1000 })
  }, 60_000)

  it('with a body that breaks off', async () => {
    const property = fc.asyncProperty(fc.uint8Array({ maxLength: 50 }), (bytes) => {
      const body = new ReadableStream({
        start(controller) {
          controller.enqueue(bytes)
          controller.error(new Error('The connection ended.'))
        },
      })
      const init = { method: 'POST', headers: isJson, body, duplex: 'half' }
      return expectNoFault(new Request(endpoint, init))
    })

    await fc.assert(property, { ...runs, numRuns: 100 })
  })

  it('and leaves nothing to report', () => {
    expect(errors).toEqual([])
  })
})

describe('any bytes on the connection', () => {
  let target: AttackTarget

  beforeAll(async () => {
    target = await openAttackTarget()
  })

  afterAll(() => target.close())

  it('leave the server at work, and are never answered with 500', async () => {
    const { hostname, port } = new URL(target.origin)
    const line = fc.oneof(
      fc.tuple(headerName, headerText).map(([name, value]) => `${name}: ${value}`),
      fc.string({ unit: 'binary-ascii', maxLength: 30 }),
    )
    const start = fc.oneof(
      fc.constantFrom(
        'POST / HTTP/1.1',
        'POST /put HTTP/1.0',
        'OPTIONS * HTTP/1.1',
        'GET // HTTP/1.1',
      ),
      fc.constantFrom('POST http://[ HTTP/1.1', 'POST /%00 HTTP/1.1', 'CONNECT a:1 HTTP/1.1'),
      fc.string({ unit: 'binary-ascii', maxLength: 30 }),
    )
    const property = fc.asyncProperty(
      fc.tuple(start, fc.array(line, { maxLength: 5 }), fc.string({ maxLength: 30 })),
      async ([first, lines, body]) => {
        const text = [first, 'connection: close', ...lines, '', body].join('\r\n')
        expect(await sendRaw(Buffer.from(text, 'latin1'), { hostname, port })).not.toMatch(
          /^HTTP\/1\.1 500/,
        )
      },
    )

    await fc.assert(property, { ...runs, numRuns: 300 })
    expect(await target.sign()).toMatchObject({ method: 'POST' })
  }, 60_000)
})

function jsonRequest(json: unknown): Request {
  return new Request(endpoint, { method: 'POST', headers: isJson, body: JSON.stringify(json) })
}

function hasNoBody(name: string): boolean {
  return name === 'GET' || name === 'HEAD'
}

/** Sends bytes, ends the connection, and returns what came back. */
function sendRaw(
  bytes: Uint8Array,
  { hostname, port }: { readonly hostname: string; readonly port: string },
): Promise<string> {
  return new Promise((resolve) => {
    const received: Uint8Array[] = []
    const socket = connect(Number(port), hostname, () => socket.end(bytes))
    socket.on('data', (chunk) => received.push(chunk))
    // A server may reset what it does not understand.
    socket.once('error', () => {})
    socket.once('close', () => resolve(Buffer.concat(received).toString('latin1')))
  })
}
