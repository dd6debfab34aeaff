import { describe, expect, it } from 'vitest'
import type { OperationName } from '../../src/protocol/operations.js'
import { codeOf, createPair, type PairChanges } from './multipart-setup.js'

const day = 86_400_000

const operations: readonly [OperationName, (token: string) => Record<string, unknown>][] = [
  ['sign-parts', (token) => ({ token, parts: [{ partNumber: 1 }] })],
  ['list-parts', (token) => ({ token })],
  ['complete-uploads', (token) => ({ uploads: [{ token }] })],
  ['abort-uploads', (token) => ({ tokens: [token] })],
]

type Pair = ReturnType<typeof createPair>

/** The code with which an operation refuses a token, as a whole or in its place. */
async function codeFor(
  { post }: Pair,
  request: Record<string, unknown>,
  user?: string,
): Promise<string | undefined> {
  const body = await (await post(request, user)).json()
  return codeOf(body) ?? codeOf(body.uploads?.[0])
}

describe.each(operations)('%s', (operation, fieldsWith) => {
  it.each<[string, PairChanges, string, (token: string) => string]>([
    ['another owner', {}, 'bob', (token) => token],
    ['another handler', { options: { name: 'avatars' } }, 'ada', (token) => token],
    ['another bucket', { options: { bucket: 'other' } }, 'ada', (token) => token],
    [
      'another secret',
      { options: { secret: 'another secret of the tests, also long enough' } },
      'ada',
      (token) => token,
    ],
    [
      'whoever altered it',
      {},
      'ada',
      // The last character may hold bits that base64 leaves out.
      (token) => `${token.slice(0, -2)}${token.at(-2) === 'A' ? 'B' : 'A'}${token.at(-1)}`,
    ],
  ])('refuses the token to %s, and S3 is not asked', async (_, changes, user, altered) => {
    const pair = createPair()
    const { token } = await pair.upload()
    const asked: Request[] = []
    const fetch = async (request: Request) => {
      asked.push(request)
      return pair.s3.fetch(request)
    }
    const server = createPair({ ...changes, options: { ...changes.options, fetch } })

    const code = await codeFor(server, { operation, ...fieldsWith(altered(token)) }, user)

    expect(code).toBe('invalid-token')
    expect(asked).toEqual([])
    expect(await pair.s3.uploads('uploads')).toHaveLength(1)
  })

  it('accepts the token for six days', async () => {
    const pair = createPair()
    const { token } = await pair.upload()
    pair.clock.now = new Date(pair.clock.now.getTime() + 6 * day - 1)

    expect(await codeFor(pair, { operation, ...fieldsWith(token) })).toBeUndefined()
  })

  it('refuses the token after six days', async () => {
    const pair = createPair()
    const { token } = await pair.upload()
    pair.clock.now = new Date(pair.clock.now.getTime() + 6 * day)
    pair.asked.length = 0

    expect(await codeFor(pair, { operation, ...fieldsWith(token) })).toBe('expired-token')
    expect(pair.asked).toEqual([])
  })

  it('refuses the token after the configured life', async () => {
    const pair = createPair({ options: { multipartTokenLifetimeSeconds: 3600 } })
    const { token } = await pair.upload()
    pair.clock.now = new Date(pair.clock.now.getTime() + 3600_000)

    expect(await codeFor(pair, { operation, ...fieldsWith(token) })).toBe('expired-token')
  })
})
