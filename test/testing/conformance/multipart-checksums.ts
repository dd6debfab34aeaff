import { HeadObjectCommand } from '@aws-sdk/client-s3'
import { expect } from 'vitest'
import { conformanceRow } from './conformance-row.js'
import { fiveMebibytes, MultipartUpload, refusal } from './multipart-upload.js'

const first = 'a'.repeat(fiveMebibytes)
const last = 'tail'

export const multipartChecksums = conformanceRow('multipart checksums', (check) => {
  check('makes a composite SHA-256 of those of the parts', async (s3) => {
    const upload = await MultipartUpload.create(s3, { ChecksumAlgorithm: 'SHA256' })
    const Parts = []
    for (const [index, content] of [first, last].entries()) {
      const part = await upload.put(index + 1, content, { ChecksumAlgorithm: 'SHA256' })
      const { ETag, ChecksumSHA256 } = part
      Parts.push({ PartNumber: index + 1, ETag, ChecksumSHA256 })
    }
    await upload.complete(Parts)

    const command = new HeadObjectCommand({
      Bucket: s3.bucket,
      Key: upload.key,
      ChecksumMode: 'ENABLED',
    })

    expect(await s3.sdk.send(command)).toMatchObject({
      ETag: '"30dcfd3901d1c613b7fb532281748544-2"',
      ChecksumSHA256: '02fcpk5/QKJNsvzEdkeBlFeIWeYNwKJOAWPjbe9fHIs=-2',
      ChecksumType: 'COMPOSITE',
    })
  })

  check('makes a full CRC-64 of the object', async (s3) => {
    const upload = await MultipartUpload.create(s3, {
      ChecksumAlgorithm: 'CRC64NVME',
      ChecksumType: 'FULL_OBJECT',
    })
    const { ETag, ChecksumCRC64NVME } = await upload.put(1, last, {
      ChecksumAlgorithm: 'CRC64NVME',
    })
    await upload.complete([{ PartNumber: 1, ETag }], {
      ChecksumType: 'FULL_OBJECT',
      ChecksumCRC64NVME,
    })

    const command = new HeadObjectCommand({
      Bucket: s3.bucket,
      Key: upload.key,
      ChecksumMode: 'ENABLED',
    })

    expect(await s3.sdk.send(command)).toMatchObject({
      ChecksumCRC64NVME: 'sAra2CkCEgw=',
      ChecksumType: 'FULL_OBJECT',
    })
  })

  check('refuses a full checksum that is not the object’s', async (s3) => {
    const upload = await MultipartUpload.create(s3, {
      ChecksumAlgorithm: 'CRC32',
      ChecksumType: 'FULL_OBJECT',
    })
    const { ETag } = await upload.put(1, 'hello', { ChecksumAlgorithm: 'CRC32' })
    const completion = upload.complete([{ PartNumber: 1, ETag }], {
      ChecksumType: 'FULL_OBJECT',
      ChecksumCRC32: 'AAAAAA==',
    })

    expect(await refusal(completion)).toBe('400 BadDigest')
    expect(await s3.stored(upload.key)).toBeUndefined()
  })

  check('refuses a part with a wrong checksum', async (s3) => {
    const upload = await MultipartUpload.create(s3, { ChecksumAlgorithm: 'SHA256' })
    const part = upload.put(1, 'hello', {
      ChecksumSHA256: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=',
    })

    expect(await refusal(part)).toBe('400 BadDigest')
  })

  check('refuses a completion without the checksums of its parts', async (s3) => {
    const upload = await MultipartUpload.create(s3, { ChecksumAlgorithm: 'SHA256' })
    const { ETag } = await upload.put(1, 'hello', { ChecksumAlgorithm: 'SHA256' })

    expect(await refusal(upload.complete([{ PartNumber: 1, ETag }]))).toBe('400 InvalidRequest')
  })
})
