import type { RemovedUpload } from 's3-direct-upload/server'
import { describe, expect, it } from 'vitest'
import { bytesFrom, createUploadPair, methods, type UploadPairOptions } from './upload-pair.js'

const bytes = bytesFrom('The bytes of a photo.')

function pairThatTells(options: UploadPairOptions = {}) {
  const told: [RemovedUpload, unknown][] = []
  const pair = createUploadPair({
    ...options,
    onUploadRemove: (removed, caller) => void told.push([removed, caller]),
  })
  return { ...pair, told }
}

describe('onUploadRemove', () => {
  it('hears of an unfinished upload whose parts were removed', async () => {
    const pair = pairThatTells(methods.MULTIPART)
    const { token, key } = await pair.sign({ size: bytes.length })

    await pair.abort(token)

    const removed = { key, owner: 'ada', state: 'unfinished', deleted: true }
    expect(pair.told).toEqual([[removed, { owner: 'ada' }]])
    expect(await pair.s3.uploads('uploads')).toEqual([])
  })

  it('hears of an upload in one request that has left nothing', async () => {
    const pair = pairThatTells(methods.PUT)
    const { token } = await pair.sign({ size: bytes.length })

    await pair.abort(token)

    expect(pair.told).toMatchObject([[{ state: 'unfinished', deleted: false }, {}]])
  })

  it.each(Object.entries(methods))(
    'hears of a confirmed %s, whose object stays',
    async (_, way) => {
      const pair = pairThatTells({ ...way, unclaimed: 'tag' })
      const { token } = await pair.upload(bytes)
      await pair.complete(token)

      expect(await pair.abort(token)).toMatchObject({ state: 'aborted' })

      expect(pair.told).toMatchObject([[{ state: 'stored', deleted: false }, {}]])
      expect(await pair.s3.objects('uploads')).toHaveLength(1)
    },
  )

  it('hears that an object without a tag stays, too', async () => {
    const pair = pairThatTells()
    const { token } = await pair.upload(bytes)

    await pair.abort(token)

    expect(pair.told).toMatchObject([[{ state: 'stored', deleted: false }, {}]])
  })

  it('hears that an unclaimed object was deleted', async () => {
    const pair = pairThatTells({ ...methods.POST, unclaimed: 'tag' })
    const { token } = await pair.upload(bytes)

    await pair.abort(token)

    expect(pair.told).toMatchObject([[{ state: 'stored', deleted: true }, {}]])
    expect(await pair.s3.objects('uploads')).toEqual([])
  })

  it('has the page ask again when it throws', async () => {
    const pair = createUploadPair({
      onUploadRemove: () => {
        throw new Error('the database is down')
      },
    })
    const { token } = await pair.upload(bytes)

    expect(await pair.abort(token)).toMatchObject({ error: { retryable: true } })
    expect(pair.errors).toHaveLength(1)
  })

  it('hears nothing of an upload of another owner', async () => {
    const pair = pairThatTells()

    await pair.abort('v1.x.y')

    expect(pair.told).toEqual([])
  })
})
