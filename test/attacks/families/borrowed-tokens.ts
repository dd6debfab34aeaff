import { claimUpload, verifyReceipt } from 's3-direct-upload/server'
import { type Attack, type AttackFamily, ignoredIf, succeeded } from '../attack.js'
import type { Sending } from '../attack-client.js'
import { type AttackTarget, inParts, secret } from '../attack-target.js'

const day = 86_400

/** Every operation that takes a token, with one that is genuine and somebody's. */
async function useEverywhere(
  target: AttackTarget,
  tokens: { readonly small: string; readonly inParts: string },
  sending: Sending = {},
): Promise<readonly string[]> {
  const both = [tokens.small, tokens.inParts]
  const token = tokens.inParts
  return [
    await target.endingsOf('complete-uploads', { uploads: [{ token: tokens.small }] }, sending),
    await target.endingsOf('complete-uploads', { uploads: [{ token }] }, sending),
    await target.endingsOf('abort-uploads', { tokens: both }, sending),
    await target.endingsOf('sign-parts', { token, parts: [{ partNumber: 1 }] }, sending),
    await target.endingsOf('list-parts', { token }, sending),
  ].flat()
}

async function tokensOf(target: AttackTarget, sending: Sending = {}) {
  const [small, large] = [await target.upload({}, sending), await target.sign(inParts, sending)]
  return { small: small.token, inParts: large.token }
}

const elsewhere: readonly Attack[] = [
  { tries: 'uses the tokens of another owner', signed: { user: 'ada' }, used: {} },
  {
    tries: 'uses tokens with the owner in other letters',
    signed: { user: 'ada' },
    used: { user: 'ADA' },
  },
  { tries: 'uses tokens at another handler', signed: {}, used: { path: '/other-handler' } },
  { tries: 'uses tokens of another handler', signed: { path: '/other-handler' }, used: {} },
  {
    tries: 'uses tokens at the handler of another bucket',
    signed: {},
    used: { path: '/other-bucket' },
  },
  {
    tries: 'uses tokens at a handler with another secret',
    signed: {},
    used: { path: '/other-secret' },
  },
  {
    tries: 'uses tokens of a handler with another secret',
    signed: { path: '/other-secret' },
    used: {},
  },
].map(({ tries, signed, used }) => ({
  tries,
  ends: 'invalid-token',
  // The literals are those of `HandlerPath`, which a list of different objects forgets.
  attempt: async (target) =>
    useEverywhere(target, await tokensOf(target, signed as Sending), used as Sending),
}))

/** Genuine tokens and receipts, of somebody else, of another kind, or too old. */
export const borrowedTokens: AttackFamily = {
  name: 'borrowed tokens',
  attacks: [
    ...elsewhere,
    {
      tries: 'uses tokens of one request after their day, and of uploads in parts after their six',
      ends: 'expired-token',
      attempt: async (target) => {
        const tokens = await tokensOf(target)
        return target.atTime(6 * day + 1, () => useEverywhere(target, tokens))
      },
    },
    {
      tries: 'completes an upload in one request a second after its day',
      ends: 'expired-token',
      attempt: async (target) => {
        const { token } = await target.upload()
        return target.atTime(day + 1, () =>
          target.endingsOf('complete-uploads', { uploads: [{ token }] }),
        )
      },
    },
    {
      tries: 'passes a receipt off as a token',
      ends: 'invalid-token',
      attempt: async (target) => {
        const receipt = await target.receiptOf((await target.upload()).token)
        return useEverywhere(target, { small: receipt, inParts: receipt })
      },
    },
    {
      tries: 'passes a token off as a receipt',
      ends: 'invalid-token',
      attempt: async (target) => {
        const tokens = await tokensOf(target)
        const files = Object.values(tokens).map((receipt) => ({ receipt }))
        return target.endingsOf('sign-downloads', { files })
      },
    },
    {
      tries: 'downloads with a stolen receipt',
      ends: 'forbidden',
      attempt: async (target) => {
        const receipt = await receiptOfAda(target)
        return target.endingsOf('sign-downloads', { files: [{ receipt }] })
      },
    },
    {
      tries: 'downloads with a receipt of another handler or bucket, or made with another secret',
      ends: 'invalid-token',
      attempt: async (target) => {
        const receipt = await receiptOfAda(target)
        const endings: (readonly string[])[] = []
        for (const path of ['/other-handler', '/other-bucket', '/other-secret'] as const) {
          const sending = { path, user: 'ada' }
          endings.push(await target.endingsOf('sign-downloads', { files: [{ receipt }] }, sending))
        }
        return endings.flat()
      },
    },
    {
      tries: 'downloads with a receipt after its day',
      ends: 'expired-token',
      attempt: async (target) => {
        const receipt = await receiptOfAda(target)
        return target.atTime(day + 1, () =>
          target.endingsOf('sign-downloads', { files: [{ receipt }] }, { user: 'ada' }),
        )
      },
    },
    {
      tries: 'has a receipt of another accepted where nobody is signed in',
      ends: 'TypeError',
      attempt: async (target) => {
        const receipt = await receiptOfAda(target)
        const s3 = target.bucket
        // As an optional chain, or JavaScript, passes them.
        const owners = [undefined, null, '', 0, false, [], {}, ['ada']] as unknown as string[]
        const attempts = owners.flatMap((owner) => [
          verifyReceipt(receipt, { secret, owner }),
          claimUpload(receipt, { secret, owner, s3 }),
        ])
        const settled = await Promise.allSettled(attempts)
        return settled.map((result) =>
          result.status === 'rejected' ? result.reason.name : succeeded('it was accepted'),
        )
      },
    },
    {
      tries: 'has the step of the app run a hundred times by one token',
      ends: 'ignored',
      attempt: async (target) => {
        const told = { path: '/told' } as const
        const { token } = await target.upload({}, told)
        const uploads = Array(100).fill({ token })
        const answer = await target.send({ operation: 'complete-uploads', uploads }, told)
        const completed: readonly { readonly result: number }[] = JSON.parse(answer.body).uploads
        return completed.map(({ result }) => ignoredIf(result === 1, `it ran ${result} times`))
      },
    },
    {
      tries: 'loses the app an object of which it has heard, by an abort at the same moment',
      ends: 'ignored',
      attempt: (target) =>
        Promise.all(
          Array.from({ length: 20 }, async () => {
            const unclaimed = { path: '/unclaimed' } as const
            const { token, key } = await target.upload({}, unclaimed)
            const [completion] = await Promise.all([
              target.send({ operation: 'complete-uploads', uploads: [{ token }] }, unclaimed),
              target.send({ operation: 'abort-uploads', tokens: [token] }, unclaimed),
            ])
            const isTold = completion.body.includes('"receipt"')
            const isThere = (await target.bucket.keys()).includes(key)
            return ignoredIf(isTold === isThere, `told: ${isTold}, there: ${isThere}`)
          }),
        ),
    },
    {
      tries: 'gets a second object out of a token that is completed twice',
      ends: 'ignored',
      attempt: async (target) => {
        const { token, key } = await target.upload()
        const uploads = [{ token }, { token }]
        const before = await target.bucket.keys()
        const answer = await target.send({ operation: 'complete-uploads', uploads })
        const completed: readonly { readonly key: string }[] = JSON.parse(answer.body).uploads
        const after = await target.bucket.keys()
        return [
          ignoredIf(
            completed.every((upload) => upload.key === key),
            'another key was completed',
          ),
          ignoredIf(before.join() === after.join(), 'the bucket has other objects'),
        ]
      },
    },
    {
      tries: 'deletes an object by aborting its upload after it was completed',
      ends: 'ignored',
      attempt: async (target) => {
        const uploads = [await target.upload(), await target.upload(inParts)]
        for (const { token } of uploads) await target.receiptOf(token)
        await target.endingsOf('abort-uploads', { tokens: uploads.map(({ token }) => token) })
        const keys = await target.bucket.keys()
        return uploads.map(({ key }) => ignoredIf(keys.includes(key), 'an object was deleted'))
      },
    },
    {
      tries: 'gets a receipt for a file that was never sent',
      ends: 'upload-not-found',
      attempt: async (target) => {
        const { token } = await target.sign()
        return target.endingsOf('complete-uploads', { uploads: [{ token }] })
      },
    },
    {
      tries: 'gets a receipt for an upload in parts of which none, or one, was sent',
      ends: 'parts-missing',
      attempt: async (target) => {
        const signed = await target.sign(inParts)
        const [first] = (signed.method === 'MULTIPART' && signed.parts) || []
        if (first === undefined) throw new Error('The upload is not in parts.')
        const complete = () =>
          target.endingsOf('complete-uploads', { uploads: [{ token: signed.token }] })
        const without = await complete()
        const body = new Uint8Array(5 * 2 ** 20)
        await fetch(first.url, { method: 'PUT', headers: first.headers, body })
        return [...without, ...(await complete())]
      },
    },
  ],
}

async function receiptOfAda(target: AttackTarget): Promise<string> {
  const asAda = { user: 'ada' }
  return target.receiptOf((await target.upload({}, asAda)).token, asAda)
}
