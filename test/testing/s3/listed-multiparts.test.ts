import type { TestS3Object } from 's3-direct-upload/testing'
import { describe, expect, it } from 'vitest'
import { beginUpload, completeUpload, presigned, testS3 } from './faults/faulty-s3.js'

describe('unfinished uploads', () => {
  it('are listed with their parts, and are no objects', async () => {
    const { s3 } = testS3()
    const uploadId = await beginUpload(s3)

    expect(await s3.uploads('photos')).toEqual([
      {
        key: 'a',
        uploadId,
        contentType: 'binary/octet-stream',
        initiated: expect.any(Date),
        parts: [{ partNumber: 1, size: 5 }],
      },
    ])
    expect(await s3.objects('photos')).toEqual([] satisfies TestS3Object[])
  })

  it('are gone once they are completed or aborted', async () => {
    const { s3 } = testS3()
    await completeUpload(s3, await beginUpload(s3))
    const uploadId = await beginUpload(s3)
    await s3.fetch(await presigned('DELETE', `a?uploadId=${uploadId}`))

    expect(await s3.uploads('photos')).toEqual([])
  })

  it('of no bucket are a mistake', async () => {
    const { s3 } = testS3()

    await expect(s3.uploads('videos')).rejects.toThrow('no bucket "videos"')
  })
})
