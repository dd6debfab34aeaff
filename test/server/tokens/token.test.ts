import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import {
  importTokenKeys,
  signToken,
  type TokenKind,
  verifyToken,
} from '../../../src/server/tokens/token.js'
import { secret, startOfTests } from '../handler-setup.js'

const schema = v.object({ key: v.string() })
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

async function sign(
  secrets: string[] = [secret],
  claims: Record<string, unknown> = { key: 'a/b' },
) {
  const expiresAt = new Date(startOfTests.getTime() + 60_000)
  return signToken({ kind: 'upload', claims, expiresAt }, importTokenKeys(secrets))
}

async function stateOf(
  token: string,
  { kind = 'upload' as TokenKind, secrets = [secret], now = startOfTests } = {},
) {
  const keys = importTokenKeys(secrets)
  const { state } = verifyToken(token, { kind, schema, keys, now })
  return state
}

describe('a token', () => {
  it('gives back what was signed', async () => {
    const keys = importTokenKeys([secret])

    const verified = verifyToken(await sign(), {
      kind: 'upload',
      schema,
      keys,
      now: startOfTests,
    })

    expect(verified).toEqual({
      state: 'valid',
      claims: { key: 'a/b' },
      expiresAt: new Date('2026-03-04T05:07:07.000Z'),
    })
  })

  it('is refused with any one character changed', async () => {
    const token = await sign()

    for (let index = 0; index < token.length; index += 1) {
      const changed = alphabet[(alphabet.indexOf(token[index] ?? '') + 1) % alphabet.length]
      const altered = token.slice(0, index) + changed + token.slice(index + 1)
      expect(await stateOf(altered), `position ${index}`).not.toBe('valid')
    }
  })

  it('is refused with any one bit of its signature changed', async () => {
    const token = await sign()
    const start = token.lastIndexOf('.') + 1

    for (let index = start; index < token.length; index += 1) {
      for (const bit of [1, 2, 4, 8, 16, 32]) {
        const changed = alphabet[alphabet.indexOf(token[index] ?? '') ^ bit]
        const altered = token.slice(0, index) + changed + token.slice(index + 1)
        expect(await stateOf(altered), `position ${index}`).toBe('wrong-signature')
      }
    }
  })

  it.each([
    '',
    'v1',
    'v1..',
    'v1.e30',
    'v1.e30.',
    'v2.e30.x',
    '....',
    'v1.!.?',
    `v1.${'A'.repeat(20_000)}.A`,
  ])('is malformed as %j', async (token) => {
    expect(await stateOf(token)).toBe('malformed')
  })

  it.each([
    ['nothing', ''],
    ['null', 'null'],
    ['a number', '1'],
    ['prototype names', '{"__proto__":{"kid":"x"},"constructor":1}'],
    ['another key id', '{"kid":"AAAAAAAA"}'],
  ])('has the wrong signature when it holds %s', async (_, payload) => {
    const token = `v1.${btoa(payload).replaceAll('=', '') || 'A'}.${'A'.repeat(43)}`

    expect(await stateOf(token)).toBe('wrong-signature')
  })

  it('is no token of another kind', async () => {
    expect(await stateOf(await sign(), { kind: 'receipt' })).toBe('malformed')
  })

  it('is malformed when an older version signed other claims', async () => {
    expect(await stateOf(await sign([secret], { path: 'a/b' }))).toBe('malformed')
  })

  it('cannot have its envelope replaced by a claim', async () => {
    const token = await sign([secret], { key: 'a', kind: 'receipt', exp: 9e9, kid: 'x' })

    expect(await stateOf(token)).toBe('valid')
    expect(await stateOf(token, { kind: 'receipt' })).toBe('malformed')
  })

  it('expires at its second', async () => {
    const token = await sign()

    expect(await stateOf(token, { now: new Date(startOfTests.getTime() + 59_999) })).toBe('valid')
    expect(await stateOf(token, { now: new Date(startOfTests.getTime() + 60_000) })).toBe('expired')
  })

  it('outlives the replacement of its secret', async () => {
    const newer = 'the newer secret of the tests, also long enough'
    const [old, fresh] = [await sign([secret]), await sign([newer, secret])]

    expect(await stateOf(old, { secrets: [newer, secret] })).toBe('valid')
    expect(await stateOf(fresh, { secrets: [newer] })).toBe('valid')
    expect(await stateOf(old, { secrets: [newer] })).toBe('wrong-signature')
  })

  it('counts a secret that is listed twice once', () => {
    expect(importTokenKeys([secret, secret])).toHaveLength(1)
  })

  it('does not contain the secret', async () => {
    const [, payload = ''] = (await sign()).split('.')

    expect(atob(payload)).not.toContain(secret)
  })
})
