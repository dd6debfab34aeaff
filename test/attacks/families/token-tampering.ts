import { type AttackFamily, succeeded } from '../attack.js'
import { claimsOf } from '../attack-client.js'
import { type AttackTarget, inParts } from '../attack-target.js'

const small = { size: 1234 }
const maxBatchSize = 100

/** Tokens and receipts that were changed, however little. */
export const tokenTampering: AttackFamily = {
  name: 'token tampering',
  attacks: [
    {
      tries: 'completes with each byte of a token changed',
      ends: 'invalid-token',
      attempt: async (target) =>
        completeAll(target, changedTokens((await target.upload(small)).token)),
    },
    {
      tries: 'completes with each byte of a multipart token changed',
      ends: 'invalid-token',
      attempt: async (target) =>
        completeAll(target, changedTokens((await target.sign(inParts)).token)),
    },
    {
      tries: 'aborts with each byte of a token changed',
      ends: 'invalid-token',
      attempt: async (target) => {
        const { token } = await target.sign(small)
        return inBatches(changedTokens(token), (tokens) =>
          target.endingsOf('abort-uploads', { tokens }),
        )
      },
    },
    {
      tries: 'downloads with each byte of a receipt changed',
      ends: 'invalid-token',
      attempt: async (target) => {
        const receipt = await target.receiptOf((await target.upload(small)).token)
        return inBatches(changedTokens(receipt), (receipts) =>
          target.endingsOf('sign-downloads', {
            files: receipts.map((changed) => ({ receipt: changed })),
          }),
        )
      },
    },
    {
      tries: 'has a claim of its own choice believed with the old signature',
      ends: 'invalid-token',
      attempt: async (target) => {
        const { token } = await target.upload(small)
        return completeAll(target, [
          rewritten(token, { owner: 'ada' }),
          rewritten(token, { key: 'files/of-somebody-else.txt' }),
          rewritten(token, { size: 10_000_000 }),
          rewritten(token, { contentType: 'text/html' }),
          rewritten(token, { exp: 99_999_999_999 }),
          rewritten(token, { kid: '' }),
          rewritten(token, { kid: '__proto__' }),
          rewritten(token, { kind: 'receipt' }),
          rewritten(token, {}),
        ])
      },
    },
    {
      tries:
        'passes a token without a signature, or with one that is empty, long or of another token',
      ends: 'invalid-token',
      attempt: async (target) => {
        const { token } = await target.upload(small)
        const other = await target.sign(small)
        const [version = '', payload = '', signature = ''] = token.split('.')
        const [, , otherSignature = ''] = other.token.split('.')
        return completeAll(target, [
          '',
          '.',
          '..',
          payload,
          `${version}.${payload}`,
          `${version}.${payload}.`,
          `${version}..${signature}`,
          `${version}.${payload}.${'A'.repeat(43)}`,
          `${version}.${payload}.${otherSignature}`,
          `v0.${payload}.${signature}`,
          `none.${payload}.${signature}`,
          `${token}.${signature}`,
          `${token}=`,
          `${token}\n`,
          ` ${token}`,
          `${token}\0`,
          token.toUpperCase(),
          `${version}.${payload}${payload}.${signature}`,
        ])
      },
    },
    {
      tries: 'signs and lists parts with each byte of a token changed',
      ends: 'invalid-token',
      attempt: async (target) => {
        const { token } = await target.sign(inParts)
        const everyEighth = changedTokens(token).filter((_, index) => index % 8 === 0)
        const endings: string[] = []
        for (const changed of everyEighth) {
          const parts = [{ partNumber: 1 }]
          endings.push(...(await target.endingsOf('sign-parts', { token: changed, parts })))
          endings.push(...(await target.endingsOf('list-parts', { token: changed })))
        }
        return endings
      },
    },
  ],
}

/** The token once for each of its characters, with another in that one's place. */
function changedTokens(token: string): readonly string[] {
  return Array.from(token, (character, index) => {
    const other = character === 'A' ? 'B' : 'A'
    return `${token.slice(0, index)}${other}${token.slice(index + 1)}`
  })
}

/** A token that says something else and keeps its signature; with no change, the same in other JSON. */
function rewritten(token: string, changes: Readonly<Record<string, unknown>>): string {
  const [version, , signature] = token.split('.')
  const json = JSON.stringify({ ...claimsOf(token), ...changes }, undefined, 1)
  return `${version}.${Buffer.from(json).toString('base64url')}.${signature}`
}

function completeAll(target: AttackTarget, tokens: readonly string[]): Promise<readonly string[]> {
  return inBatches(tokens, (batch) =>
    target.endingsOf('complete-uploads', { uploads: batch.map((token) => ({ token })) }),
  )
}

/** Every attempt has to be answered. */
async function inBatches(
  attempts: readonly string[],
  send: (batch: readonly string[]) => Promise<readonly string[]>,
): Promise<readonly string[]> {
  const endings: string[] = []
  for (let start = 0; start < attempts.length; start += maxBatchSize) {
    endings.push(...(await send(attempts.slice(start, start + maxBatchSize))))
  }
  if (endings.length === attempts.length) return endings
  return [...endings, succeeded('an attempt was not answered')]
}
