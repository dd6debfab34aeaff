import { describe, expect, it, vi } from 'vitest'
import { claimUpload } from '../../../src/server/backend/claim-upload.js'
import { verifyReceipt } from '../../../src/server/backend/verify-receipt.js'
import type { SigningOptions } from '../../../src/server/contract/signing-options.js'
import { isReceiptError, ReceiptError } from '../../../src/server/errors/receipt-error.js'
import {
  bucketOf,
  createTestHandler,
  options,
  secret,
  startOfTests,
  storedPhoto,
} from '../handler-setup.js'

const now = () => startOfTests

async function receiptOf(changes: Partial<SigningOptions> = {}) {
  const server = createTestHandler({
    fetch: bucketOf({ ...storedPhoto, 'x-amz-version-id': 'v7' }),
    ...changes,
  })
  const { token, key } = await server.signOne({
    relativePath: 'trip/photo.jpg',
    metadata: { album: 'summer' },
  })
  const { uploads } = await server.run('complete-uploads', { uploads: [{ token }] })
  const [completed] = uploads
  if (completed === undefined || !('receipt' in completed)) throw new Error('no receipt')
  return { receipt: completed.receipt, key, token }
}

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'accepted',
    (error: unknown) => (isReceiptError(error) ? error.code : error),
  )

describe('verifyReceipt', () => {
  it('returns what the server saw', async () => {
    const { receipt, key } = await receiptOf()

    expect(await verifyReceipt(receipt, { secret, owner: 'ada', now })).toEqual({
      handler: 'default',
      bucket: 'uploads',
      owner: 'ada',
      id: '0b6e4b9e-6d0a-4d7c-9a52-6c8f2f5e8a10',
      key,
      size: 1234,
      etag: '"9b2cf535f27731c974343645a3985328"',
      versionId: 'v7',
      contentType: 'image/jpeg',
      name: 'photo.jpg',
      relativePath: 'trip/photo.jpg',
      metadata: { album: 'summer' },
      completedAt: startOfTests,
      expiresAt: new Date('2026-03-05T05:06:07.000Z'),
    })
  })

  it('knows an old secret while it is listed', async () => {
    const { receipt } = await receiptOf()
    const newer = 'the newer secret of the tests, also long enough'

    expect(
      await codeOf(verifyReceipt(receipt, { secret: [newer, secret], owner: 'ada', now })),
    ).toBe('accepted')
    expect(await codeOf(verifyReceipt(receipt, { secret: newer, owner: 'ada', now }))).toBe(
      'wrong-signature',
    )
  })

  it('refuses a receipt of somebody else', async () => {
    const { receipt } = await receiptOf()

    expect(await codeOf(verifyReceipt(receipt, { secret, owner: 'bob', now }))).toBe('wrong-owner')
  })

  it.each([undefined, null, '', 0, false, [], {}])(
    'does not accept a receipt of anybody when the owner is %j',
    async (owner) => {
      const { receipt } = await receiptOf()
      // As JavaScript, or an optional chain, passes it.
      const expectation = { secret, owner: owner as unknown as string, now }

      await expect(verifyReceipt(receipt, expectation)).rejects.toThrow(
        'verifyReceipt needs the owner who is signed in now',
      )
    },
  )

  it('refuses a receipt of another handler', async () => {
    const { receipt } = await receiptOf({ name: 'avatars' })

    expect(await codeOf(verifyReceipt(receipt, { secret, owner: 'ada', now }))).toBe(
      'wrong-handler',
    )
    expect(
      await codeOf(verifyReceipt(receipt, { secret, owner: 'ada', handler: 'avatars', now })),
    ).toBe('accepted')
  })

  it.each([
    ['uploads', 'accepted'],
    ['other', 'wrong-bucket'],
  ])('holds the receipt against the bucket %s', async (bucket, code) => {
    const { receipt } = await receiptOf()

    expect(await codeOf(verifyReceipt(receipt, { secret, owner: 'ada', bucket, now }))).toBe(code)
  })

  it.each([
    ['the same object', {}, 'accepted'],
    ['another ETag', { etag: '"other"' }, 'object-changed'],
    ['another version', { 'x-amz-version-id': 'v8' }, 'object-changed'],
    ['another size', { 'content-length': '1235' }, 'object-changed'],
  ])('finds %s when it looks once more', async (_, changes, code) => {
    const { receipt } = await receiptOf()
    const fetch = bucketOf({ ...storedPhoto, 'x-amz-version-id': 'v7', ...changes })
    const s3 = { ...options, fetch }

    expect(await codeOf(verifyReceipt(receipt, { secret, owner: 'ada', now, s3 }))).toBe(code)
  })

  it('says so when the object is not there any more', async () => {
    const { receipt } = await receiptOf()

    // The bucket of these options has nothing.
    expect(await codeOf(verifyReceipt(receipt, { secret, owner: 'ada', now, s3: options }))).toBe(
      'object-missing',
    )
  })

  it('proves nothing when S3 does not answer', async () => {
    const { receipt } = await receiptOf()
    const fetch = () => Promise.reject(new TypeError('fetch failed'))
    const s3 = { ...options, fetch }

    await expect(verifyReceipt(receipt, { secret, owner: 'ada', now, s3 })).rejects.toMatchObject({
      name: 'SigningError',
      code: 'storage-error',
    })
  })

  it('does not ask S3 about a receipt of somebody else', async () => {
    const { receipt } = await receiptOf()
    const fetch = vi.fn(async () => new Response())
    const s3 = { ...options, fetch }

    expect(await codeOf(verifyReceipt(receipt, { secret, owner: 'bob', now, s3 }))).toBe(
      'wrong-owner',
    )
    expect(fetch).not.toHaveBeenCalled()
  })

  it('refuses an old receipt', async () => {
    const { receipt } = await receiptOf({ receiptLifetimeSeconds: 60 })
    const later = () => new Date(startOfTests.getTime() + 60_000)

    expect(await codeOf(verifyReceipt(receipt, { secret, owner: 'ada', now: later }))).toBe(
      'expired',
    )
  })

  it('refuses an altered receipt', async () => {
    const { receipt } = await receiptOf()
    const altered = receipt.replace(/^v1\.(.)/, (_, first) => `v1.${first === 'e' ? 'f' : 'e'}`)

    expect(await codeOf(verifyReceipt(altered, { secret, owner: 'ada', now }))).toBe(
      'wrong-signature',
    )
  })

  it('refuses the token of an upload', async () => {
    const { token } = await receiptOf()

    expect(await codeOf(verifyReceipt(token, { secret, owner: 'ada', now }))).toBe('malformed')
  })

  it.each([undefined, null, 1, {}, '', 'v1', 'v1.a.b'])('refuses %j', async (value) => {
    expect(await codeOf(verifyReceipt(value, { secret, owner: 'ada', now }))).toBe('malformed')
  })

  it.each<[problem: string, s3: unknown]>([
    ['s3: does not say where the object lies', null],
    ['s3: does not say where the object lies', 'uploads'],
    ['s3.region: ', {}],
    ['s3.credentials: ', { region: 'eu-west-1' }],
    ['s3.endpoint: ', { ...options, endpoint: 5 }],
    ['s3.fetch: ', { ...options, fetch: 'fetch' }],
  ])('says what keeps it from looking at the object: %s', async (problem, s3) => {
    const { receipt } = await receiptOf()
    // Deliberately not what the types ask for.
    const expectation = { secret, owner: 'ada', now, s3: s3 as SigningOptions }

    await expect(verifyReceipt(receipt, expectation)).rejects.toThrow(`\n- ${problem}`)
  })

  it.each([undefined, null, 'ada'])('demands to know who is signed in, not %j', async (nothing) => {
    const expectation = nothing as unknown as { secret: string; owner: string }

    await expect(verifyReceipt('v1', expectation)).rejects.toThrow('needs { secret, owner }')
  })

  it('is claimed only where it is said where the object lies', async () => {
    const { receipt } = await receiptOf()
    const claim = { secret, owner: 'ada', now } as Parameters<typeof claimUpload>[1]

    await expect(claimUpload(receipt, claim)).rejects.toThrow('\n- s3: does not say')
  })

  it('demands a strong secret', async () => {
    await expect(verifyReceipt('v1', { secret: 'short', owner: 'ada' })).rejects.toThrow(
      'verifyReceipt needs the secret',
    )
  })
})

describe('isReceiptError', () => {
  it('knows the error, also of another copy of the package', () => {
    const foreign = Object.assign(new Error('x'), { name: 'ReceiptError', code: 'expired' })

    expect([new ReceiptError('expired'), foreign].map(isReceiptError)).toEqual([true, true])
  })

  it('knows other errors apart', () => {
    const other = Object.assign(new Error('x'), { name: 'ReceiptError', code: 'toString' })

    expect([new Error('x'), other, null, { name: 'ReceiptError' }].some(isReceiptError)).toBe(false)
  })
})
