import { claimUpload, isReceiptError } from 's3-direct-upload/server'
import { describe, expect, it } from 'vitest'
import type { SignedUpload } from '../../../src/protocol/operations.js'
import { proveAndClaim } from '../../../src/server/backend/claim-upload.js'
import { VirtualClock } from '../../support/virtual-clock.js'
import { secret } from '../handler-setup.js'
import { bytesFrom, createUploadPair } from '../upload-pair.js'

const bytes = bytesFrom('The bytes of a photo.')
const pending = { 's3-direct-upload': 'pending' }

async function tagsIn({ s3 }: ReturnType<typeof createUploadPair>) {
  return (await s3.objects('uploads')).map(({ tags }) => tags)
}

/** Like a script of the page that holds the signature. */
async function claimOf(pair: ReturnType<typeof createUploadPair>, receipt: string) {
  return claimUpload(receipt, { secret, owner: 'ada', s3: pair.options })
}

describe('claimUpload', () => {
  it.each([
    ['wrong-owner', { owner: 'bob' }],
    ['wrong-signature', { secret: 'another secret that is long enough, too' }],
  ])('refuses a receipt with %s and leaves the tag', async (code, changes) => {
    const pair = createUploadPair({ unclaimed: 'tag', claim: 'by-app' })
    const receipt = await pair.receiptOf((await pair.upload(bytes)).token)

    const claim = claimUpload(receipt, { secret, owner: 'ada', s3: pair.options, ...changes })

    expect(await claim.catch((error: unknown) => isReceiptError(error) && error.code)).toBe(code)
    expect(await tagsIn(pair)).toEqual([pending])
  })

  it.each([undefined, ''])('claims nothing when the owner is %j', async (owner) => {
    const pair = createUploadPair({ unclaimed: 'tag', claim: 'by-app' })
    const receipt = await pair.receiptOf((await pair.upload(bytes)).token)
    // As JavaScript, or an optional chain, passes it.
    const claiming = { secret, owner: owner as unknown as string, s3: pair.options }

    await expect(claimUpload(receipt, claiming)).rejects.toThrow(TypeError)
    expect(await tagsIn(pair)).toEqual([pending])
  })

  it('says that the object is gone', async () => {
    const pair = createUploadPair({ unclaimed: 'tag', claim: 'by-app' })
    const { token, key } = await pair.upload(bytes)
    const receipt = await pair.receiptOf(token)
    await pair.client.deleteObject({ key })

    await expect(claimOf(pair, receipt)).rejects.toMatchObject({ code: 'object-missing' })
  })

  it('refuses an object that was posted again meanwhile', async () => {
    const pair = createUploadPair({ unclaimed: 'tag', claim: 'by-app' })
    const signed = await pair.upload(bytes)
    const receipt = await pair.receiptOf(signed.token)
    await pair.send(signed, bytesFrom('Other bytes.'))

    await expect(claimOf(pair, receipt)).rejects.toMatchObject({ code: 'object-changed' })
    expect(await tagsIn(pair)).toEqual([pending])
  })

  it('refuses an object that is posted again while it is claimed', async () => {
    const pair = createUploadPair({ unclaimed: 'tag', claim: 'by-app' })
    const signed = await pair.upload(bytes)
    const receipt = await pair.receiptOf(signed.token)
    const s3 = { ...pair.options, fetch: replacing(pair, signed) }

    const claim = claimUpload(receipt, { secret, owner: 'ada', s3 })

    await expect(claim).rejects.toMatchObject({ code: 'object-changed' })
  })

  it('waits on the clock of its caller before it asks a busy S3 again', async () => {
    const pair = createUploadPair({ unclaimed: 'tag', claim: 'by-app' })
    const { token, key } = await pair.upload(bytes)
    const receipt = await pair.receiptOf(token)
    pair.s3.fault({ nth: 1, effect: { kind: 'refuse', code: 'SlowDown' } })
    const clock = new VirtualClock()

    const claim = proveAndClaim(receipt, { secret, owner: 'ada', s3: pair.options }, clock.runtime)

    expect(await clock.until(claim)).toMatchObject({ key })
    expect(clock.now).toBeGreaterThan(0)
    expect(await tagsIn(pair)).not.toEqual([pending])
  })
})

/** Posts the form again when S3 is about to take the tag. */
function replacing(pair: ReturnType<typeof createUploadPair>, signed: SignedUpload) {
  return async (request: Request) => {
    if (request.method === 'DELETE') await pair.send(signed, bytesFrom('Other bytes.'))
    return pair.s3.fetch(request)
  }
}
