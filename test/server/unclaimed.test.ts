import { setImmediate } from 'node:timers/promises'
import { claimUpload } from 's3-direct-upload/server'
import { describe, expect, it } from 'vitest'
import type { SignedUpload } from '../../src/protocol/operations.js'
import { secret } from './handler-setup.js'
import { bytesFrom, createUploadPair, methods } from './upload-pair.js'

const bytes = bytesFrom('The bytes of a photo.')
const pending = { 's3-direct-upload': 'pending' }
const ways = Object.entries(methods)

async function tagsIn({ s3 }: ReturnType<typeof createUploadPair>) {
  return (await s3.objects('uploads')).map(({ tags }) => tags)
}

/** Like a script of the page that holds the signature. */
async function claimOf(pair: ReturnType<typeof createUploadPair>, receipt: string) {
  return claimUpload(receipt, { secret, owner: 'ada', s3: pair.options })
}

describe.each(ways)('an unclaimed upload by %s', (method, way) => {
  const options = { ...way, unclaimed: 'tag' } as const

  it('loses its tag when it is completed', async () => {
    const pair = createUploadPair(options)
    const { token } = await pair.upload(bytes)
    if (method !== 'MULTIPART') expect(await tagsIn(pair)).toEqual([pending])

    expect(await pair.complete(token)).toHaveProperty('receipt')
    expect(await tagsIn(pair)).toEqual([undefined])
  })

  it('keeps its tag until the app claims it, if the app wishes so', async () => {
    const pair = createUploadPair({ ...options, claim: 'by-app' })
    const { token, key } = await pair.upload(bytes)
    const receipt = await pair.receiptOf(token)
    expect(await tagsIn(pair)).toEqual([pending])

    const claimed = await claimOf(pair, receipt)
    await claimOf(pair, receipt)

    expect(claimed).toMatchObject({ key, owner: 'ada', size: bytes.length })
    expect(await tagsIn(pair)).toEqual([undefined])
  })

  it('is left to the app and to the bucket when it is aborted, if the app claims', async () => {
    const pair = createUploadPair({ ...options, claim: 'by-app' })
    const { token } = await pair.upload(bytes)
    const receipt = await pair.receiptOf(token)

    expect(await pair.abort(token)).toMatchObject({ state: 'aborted' })
    expect(await tagsIn(pair)).toEqual([pending])
    expect(pair.asked()).not.toContain('GetObjectTagging')
    expect(await claimOf(pair, receipt)).toHaveProperty('key')
  })

  it('stays when it is aborted after it was claimed', async () => {
    const pair = createUploadPair(options)
    const { token } = await pair.upload(bytes)
    await pair.complete(token)

    expect(await pair.abort(token)).toMatchObject({ state: 'aborted' })
    expect(await pair.s3.objects('uploads')).toHaveLength(1)
    expect(pair.asked()).not.toContain('DeleteObject')
  })
})

describe.each(['POST', 'PUT'] as const)('the signature of an unclaimed %s', (method) => {
  it('holds the page to the tag', async () => {
    const pair = createUploadPair({ ...methods[method], unclaimed: 'tag' })
    const signed = await pair.sign({ size: bytes.length })
    const untagged = withoutTag(signed)

    await expect(pair.send(untagged, bytes)).rejects.toThrow()
    expect(await pair.s3.objects('uploads')).toEqual([])
  })
})

describe('unclaimed objects', () => {
  it.each(['POST', 'PUT'] as const)('are deleted when a %s is aborted', async (method) => {
    const pair = createUploadPair({ ...methods[method], unclaimed: 'tag' })
    const { token } = await pair.upload(bytes)

    expect(await pair.abort(token)).toMatchObject({ state: 'aborted' })
    expect(await pair.s3.objects('uploads')).toEqual([])
  })

  it('are kept by default, and have no tag', async () => {
    const pair = createUploadPair()
    const { token } = await pair.upload(bytes)

    await pair.abort(token)

    expect(await tagsIn(pair)).toEqual([undefined])
    expect(pair.asked()).toEqual(['PostObject'])
  })

  it('keep the tags that the app gave them beside ours', async () => {
    const pair = createUploadPair({ unclaimed: 'tag', claim: 'by-app' })
    const { token, key } = await pair.upload(bytes)
    const receipt = await pair.receiptOf(token)
    await pair.client.setObjectTags({ key, tags: { ...pending, color: 'blue' } })

    await claimOf(pair, receipt)

    expect(await tagsIn(pair)).toEqual([{ color: 'blue' }])
  })

  it('that were claimed before keep all tags when they are completed again', async () => {
    const pair = createUploadPair({ unclaimed: 'tag' })
    const { token, key } = await pair.upload(bytes)
    await pair.complete(token)
    await pair.client.setObjectTags({ key, tags: { color: 'blue' } })

    expect(await pair.complete(token)).toHaveProperty('receipt')
    expect(await tagsIn(pair)).toEqual([{ color: 'blue' }])
  })

  it('are claimed before the app hears of them', async () => {
    const seen: unknown[] = []
    const pair: ReturnType<typeof createUploadPair> = createUploadPair({
      unclaimed: 'tag',
      onUploadComplete: async () => {
        seen.push(...(await tagsIn(pair)))
        throw new Error('the database is down')
      },
    })
    const { token } = await pair.upload(bytes)

    expect(await pair.complete(token)).toMatchObject({ error: { code: 'completion-failed' } })
    expect(seen).toEqual([undefined])
  })

  it('that are gone between the look and the claim have no receipt', async () => {
    const pair: ReturnType<typeof createUploadPair> = createUploadPair({
      unclaimed: 'tag',
      contentCheck: async () => {
        await pair.client.deleteObject({ key })
        return 'image/jpeg'
      },
    })
    const { key, token } = await pair.upload(bytes)

    expect(await pair.complete(token)).toMatchObject({ error: { code: 'upload-not-found' } })
    expect(await pair.s3.objects('uploads')).toEqual([])
  })

  it('that are replaced just before the tag is taken have no receipt until they were looked at', async () => {
    const pair = createUploadPair({ unclaimed: 'tag' })
    const signed = await pair.upload(bytes)
    const fetch = replacing(pair, signed)
    const handler = createUploadPair({ ...pair.options, fetch })

    expect(await handler.complete(signed.token)).toMatchObject({
      error: { code: 'storage-error', retryable: true },
    })
    expect(await handler.complete(signed.token)).toHaveProperty('receipt')
  })

  it('stay, and so does the refusal, when S3 does not show their tags', async () => {
    const pair = createUploadPair({ unclaimed: 'tag' })
    const { token } = await pair.upload(bytes)
    const effect = { kind: 'refuse', code: 'AccessDenied' } as const
    pair.s3.fault({ operation: 'GetObjectTagging', effect })

    expect(await pair.abort(token)).toMatchObject({ error: { code: 'storage-refused' } })
    expect(await pair.complete(token)).toMatchObject({ error: { code: 'storage-refused' } })
    expect(await tagsIn(pair)).toEqual([pending])
    expect(String((pair.errors[0] as Error).cause)).toContain('s3:GetObjectTagging')
  })
})

describe('a completion and an abort at the same moment', () => {
  /** A pair whose first request for tags waits until the other one has been asked for as well, or cannot come. */
  function meeting(pair: ReturnType<typeof createUploadPair>, start: () => Promise<unknown>) {
    let others: Promise<unknown> | undefined
    const seen: string[] = []
    const handler = createUploadPair({
      ...pair.options,
      onUploadComplete: ({ key }) => void seen.push(key),
      async fetch(request) {
        const isLook = request.method === 'GET' && new URL(request.url).searchParams.has('tagging')
        if (isLook && others === undefined) {
          others = start()
          for (let turn = 0; turn < 50; turn++) await setImmediate()
        }
        return pair.s3.fetch(request)
      },
    })
    return { handler, seen, others: () => others }
  }

  it.each(ways)('never delete what the app has heard of, by %s', async (_, way) => {
    const pair = createUploadPair({ ...way, unclaimed: 'tag' })
    const { token, key } = await pair.upload(bytes)
    const abort = () => createUploadPair(pair.options).abort(token)
    const { handler, seen, others } = meeting(pair, abort)

    expect(await handler.complete(token)).toHaveProperty('receipt')
    await others()

    expect(seen).toEqual([key])
    expect(await pair.s3.objects('uploads')).toHaveLength(1)
  })

  it.each(['POST', 'PUT'] as const)(
    'never tell the app of what is being deleted, by %s',
    async (method) => {
      const pair = createUploadPair({ ...methods[method], unclaimed: 'tag' })
      const { token } = await pair.upload(bytes)
      const { handler, seen, others } = meeting(pair, () => handler.complete(token))

      expect(await handler.abort(token)).toMatchObject({ state: 'aborted' })

      expect(await others()).toMatchObject({ error: { code: 'upload-not-found' } })
      expect(seen).toEqual([])
      expect(await pair.s3.objects('uploads')).toEqual([])
    },
  )
})

it('an object that was claimed is not deleted by a later look into it', async () => {
  const pair = createUploadPair({ unclaimed: 'tag', contentCheck: () => 'image/jpeg' })
  const { token } = await pair.upload(bytesFrom('\xff\xd8'), { type: 'image/jpeg' })
  expect(await pair.complete(token)).toHaveProperty('receipt')
  const stricter = createUploadPair({ ...pair.options, contentCheck: () => 'text/plain' })

  expect(await stricter.complete(token)).toMatchObject({ error: { code: 'type-mismatch' } })
  expect(await pair.s3.objects('uploads')).toHaveLength(1)
})

/** Posts the form again when S3 is about to take the tag. */
function replacing(pair: ReturnType<typeof createUploadPair>, signed: SignedUpload) {
  return async (request: Request) => {
    if (request.method === 'DELETE') await pair.send(signed, bytesFrom('Other bytes.'))
    return pair.s3.fetch(request)
  }
}

function withoutTag(signed: SignedUpload) {
  if (signed.method === 'POST') {
    const { tagging: _, ...fields } = signed.fields
    return { ...signed, fields }
  }
  if (signed.method === 'MULTIPART') throw new Error('not in one request')
  const { 'x-amz-tagging': _, ...headers } = signed.headers
  return { ...signed, headers }
}
