import { describe, expect, it } from 'vitest'
import type { SigningOptions } from '../../../src/server/contract/signing-options.js'
import { createTestHandler, endpoint, errorOf, file } from '../handler-setup.js'

const own = 'https://app.example.com'
const friend = 'https://friend.example'
const evil = 'https://evil.example'
const signing = { operation: 'sign-uploads', files: [file()] }

async function statusOf(headers: Record<string, string>, changes: Partial<SigningOptions> = {}) {
  return (await createTestHandler(changes).post(signing, headers)).status
}

describe('a request', () => {
  it.each<[string, Record<string, string>]>([
    ['no origin and no site', {}],
    ['its own origin', { origin: own }],
    ['its own origin and site', { origin: own, 'sec-fetch-site': 'same-origin' }],
    ['its own site alone', { 'sec-fetch-site': 'same-origin' }],
    ['no site at all', { 'sec-fetch-site': 'none' }],
  ])('with %s is answered', async (_, headers) => {
    expect(await statusOf(headers)).toBe(200)
  })

  it.each<[string, Record<string, string>]>([
    ['another origin', { origin: evil }],
    ['another origin and site', { origin: evil, 'sec-fetch-site': 'cross-site' }],
    ['another site alone', { 'sec-fetch-site': 'cross-site' }],
    ['a neighbour as site alone', { 'sec-fetch-site': 'same-site' }],
    [
      'a neighbour as origin',
      { origin: 'https://x.app.example.com', 'sec-fetch-site': 'same-site' },
    ],
    ['another scheme', { origin: 'http://app.example.com' }],
    ['another port', { origin: `${own}:8443` }],
    ['an opaque origin', { origin: 'null' }],
    ['an origin that only begins well', { origin: `${own}.evil.example` }],
  ])('with %s is refused', async (_, headers) => {
    const response = await createTestHandler().post(signing, headers)

    expect(await errorOf(response)).toMatchObject({ status: 403, code: 'origin-not-allowed' })
    expect(response.headers.has('access-control-allow-origin')).toBe(false)
  })

  it('without an origin is told what its frame lacks', async () => {
    const response = await createTestHandler().post(signing, { origin: 'null' })

    expect(await errorOf(response)).toMatchObject({
      message: expect.stringContaining('allow-same-origin'),
    })
  })

  it('of an allowed origin is answered with CORS headers', async () => {
    const server = createTestHandler({ allowedOrigins: [friend] })

    const response = await server.post(signing, { origin: friend, 'sec-fetch-site': 'cross-site' })

    expect(response.status).toBe(200)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'access-control-allow-origin': friend,
      'access-control-allow-credentials': 'true',
      'access-control-expose-headers': 'date, retry-after',
      vary: 'origin',
    })
  })

  it('of an allowed origin can read its refusal', async () => {
    const server = createTestHandler({ allowedOrigins: [friend], authorize: () => null })

    const answers = [
      await server.post(signing, { origin: friend }),
      await server.post('nonsense', { origin: friend }),
      await server.handler(new Request(endpoint, { headers: { origin: friend } })),
    ]

    expect(answers.map(({ status }) => status)).toEqual([401, 400, 405])
    for (const { headers } of answers) {
      expect(headers.get('access-control-allow-origin')).toBe(friend)
    }
  })

  it('of an origin that is not listed is refused where others are', async () => {
    const server = createTestHandler({ allowedOrigins: [friend] })

    const response = await server.post(signing, { origin: evil })

    expect(response.status).toBe(403)
    expect(response.headers.has('access-control-allow-origin')).toBe(false)
  })

  it('behind a proxy is compared with the public origin', async () => {
    const changes = { publicOrigin: 'https://public.example' }

    expect(await statusOf({ origin: 'https://public.example' }, changes)).toBe(200)
    expect(await statusOf({ origin: own, 'sec-fetch-site': 'same-origin' }, changes)).toBe(403)
  })

  it('is believed when the browser itself says that it comes from the same origin', async () => {
    const headers = { origin: 'http://app.example.com', 'sec-fetch-site': 'same-origin' }

    expect(await statusOf(headers)).toBe(200)
  })
})

describe('a preflight', () => {
  const preflight = (origin: string) =>
    new Request(endpoint, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type,x-csrf-token',
      },
    })

  it('of an allowed origin is granted', async () => {
    const { handler } = createTestHandler({ allowedOrigins: [friend] })

    const response = await handler(preflight(friend))

    expect(response.status).toBe(204)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'access-control-allow-origin': friend,
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'content-type,x-csrf-token',
      'access-control-max-age': '7200',
      'cache-control': 'no-store',
    })
  })

  it('of another origin is refused', async () => {
    const { handler } = createTestHandler({ allowedOrigins: [friend] })

    const response = await handler(preflight(evil))

    expect(response.status).toBe(403)
    expect(response.headers.has('access-control-allow-headers')).toBe(false)
  })
})
