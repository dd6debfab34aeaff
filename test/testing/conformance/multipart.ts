import { ListMultipartUploadsCommand, UploadPartCopyCommand } from '@aws-sdk/client-s3'
import { expect } from 'vitest'
import { type Check, conformanceRow } from './conformance-row.js'
import { etagOfParts, largePart, MultipartUpload, refusal } from './multipart-upload.js'

export const multipart = conformanceRow('multipart', (check) => {
  uploadChecks(check)
  completionChecks(check)
  listChecks(check)
  endChecks(check)
})

function uploadChecks(check: Check) {
  check('makes one object of its parts', async (s3) => {
    const upload = await MultipartUpload.create(s3, {
      ContentType: 'image/png',
      Metadata: { color: 'red' },
    })
    const [first, last] = [largePart(), 'tail']
    const Parts = [
      { PartNumber: 1, ETag: (await upload.put(1, first)).ETag },
      { PartNumber: 2, ETag: (await upload.put(2, last)).ETag },
    ]
    await upload.complete(Parts)

    const object = await s3.head(upload.key)

    expect(object).toMatchObject({
      ETag: etagOfParts(first, last),
      ContentLength: first.length + last.length,
      ContentType: 'image/png',
      Metadata: { color: 'red' },
    })
    expect((await s3.get(upload.key)).body.equals(Buffer.concat([first, Buffer.from(last)]))).toBe(
      true,
    )
  })

  check('shows nothing before it is complete', async (s3) => {
    const upload = await MultipartUpload.create(s3)
    await upload.put(1, 'only')

    expect(await s3.stored(upload.key)).toBeUndefined()
  })

  check('answers a part with the MD5 as ETag', async (s3) => {
    const upload = await MultipartUpload.create(s3)

    expect((await upload.put(1, 'hello')).ETag).toBe('"5d41402abc4b2a76b9719d911017c592"')
  })

  check('replaces a part that is sent again', async (s3) => {
    const upload = await MultipartUpload.create(s3)
    await upload.put(1, 'first')
    const { ETag } = await upload.put(1, 'second')
    await upload.complete([{ PartNumber: 1, ETag }])

    expect(await s3.stored(upload.key)).toBe('second')
  })

  check('copies a part from an object', async (s3) => {
    const source = await s3.put('hello world')
    const upload = await MultipartUpload.create(s3)
    const { CopyPartResult } = await s3.sdk.send(
      new UploadPartCopyCommand({
        Bucket: s3.bucket,
        Key: upload.key,
        UploadId: upload.uploadId,
        PartNumber: 1,
        CopySource: `${s3.bucket}/${source}`,
        CopySourceRange: 'bytes=0-4',
      }),
    )
    await upload.complete([{ PartNumber: 1, ETag: CopyPartResult?.ETag }])

    expect(await s3.stored(upload.key)).toBe('hello')
  })

  for (const number of [0, 10_001]) {
    check(`refuses part number ${number}`, async (s3) => {
      const upload = await MultipartUpload.create(s3)

      expect(await refusal(upload.put(number, 'a'))).toBe('400 InvalidArgument')
    })
  }

  check('takes a presigned part with signed content-length', async (s3) => {
    const upload = await MultipartUpload.create(s3)
    const url = s3.url(upload.key, `?partNumber=1&uploadId=${upload.uploadId}`)
    const request = { method: 'PUT', url, headers: { 'content-length': '5' }, body: 'hello' }
    const response = await s3.sendPresigned(request)

    expect(response.outcome).toBe('200')
    expect(response.headers.etag).toBe('"5d41402abc4b2a76b9719d911017c592"')
  })
}

function completionChecks(check: Check) {
  check('tells the ETag of the object', async (s3) => {
    const upload = await MultipartUpload.create(s3)
    const { ETag } = await upload.put(1, 'hello')
    const result = await upload.complete([{ PartNumber: 1, ETag }])

    expect(result).toMatchObject({
      Bucket: s3.bucket,
      Key: upload.key,
      ETag: etagOfParts('hello'),
    })
  })

  check('answers a repeated completion with the same result', async (s3) => {
    const upload = await MultipartUpload.create(s3)
    const { ETag } = await upload.put(1, 'hello')
    const first = await upload.complete([{ PartNumber: 1, ETag }])
    const second = await upload.complete([{ PartNumber: 1, ETag }])

    expect(second.ETag).toBe(first.ETag)
  })

  for (const [what, change] of [
    ['a part that was never sent', { PartNumber: 7 }],
    ['a wrong ETag', { ETag: '"5d41402abc4b2a76b9719d911017c593"' }],
  ] as const) {
    check(`refuses ${what}`, async (s3) => {
      const upload = await MultipartUpload.create(s3)
      const { ETag } = await upload.put(1, 'hello')
      const completion = upload.complete([{ PartNumber: 1, ETag, ...change }])

      expect(await refusal(completion)).toBe('400 InvalidPart')
      expect(await s3.stored(upload.key)).toBeUndefined()
    })
  }

  check('refuses parts that are out of order', async (s3) => {
    const upload = await MultipartUpload.create(s3)
    const Parts = [
      { PartNumber: 2, ETag: (await upload.put(2, 'tail')).ETag },
      { PartNumber: 1, ETag: (await upload.put(1, largePart())).ETag },
    ]

    expect(await refusal(upload.complete(Parts))).toBe('400 InvalidPartOrder')
  })

  check('refuses a part of less than 5 MiB that is not the last', async (s3) => {
    const upload = await MultipartUpload.create(s3)
    const Parts = [
      { PartNumber: 1, ETag: (await upload.put(1, 'short')).ETag },
      { PartNumber: 2, ETag: (await upload.put(2, 'tail')).ETag },
    ]

    expect(await refusal(upload.complete(Parts))).toBe('400 EntityTooSmall')
    expect(await s3.stored(upload.key)).toBeUndefined()
  })

  check('refuses a list without parts', async (s3) => {
    const upload = await MultipartUpload.create(s3)

    expect(await refusal(upload.complete([]))).toBe('400 MalformedXML')
  })

  check('refuses a list that is no XML', async (s3) => {
    const upload = await MultipartUpload.create(s3)
    const url = s3.url(upload.key, `?uploadId=${upload.uploadId}`)
    const response = await s3.sendSigned({ method: 'POST', url, body: '<Complete' })

    expect(response.outcome).toBe('400 MalformedXML')
  })

  check('completes with If-None-Match: * only where nothing is', async (s3) => {
    const key = await s3.put('hello')
    const upload = await MultipartUpload.create(s3, { Key: key })
    const { ETag } = await upload.put(1, 'other')
    const completion = upload.complete([{ PartNumber: 1, ETag }], { IfNoneMatch: '*' })

    expect(await refusal(completion)).toBe('412 PreconditionFailed')
    expect(await s3.stored(key)).toBe('hello')
  })

  check('refuses a size that is not the sum of the parts', async (s3) => {
    const upload = await MultipartUpload.create(s3)
    const { ETag } = await upload.put(1, 'hello')
    const completion = upload.complete([{ PartNumber: 1, ETag }], { MpuObjectSize: 6 })

    expect(await refusal(completion)).toBe('400 InvalidRequest')
    expect(await s3.stored(upload.key)).toBeUndefined()
  })
}

function listChecks(check: Check) {
  check('lists parts by number, page by page', async (s3) => {
    const upload = await MultipartUpload.create(s3)
    for (const number of [3, 1, 2]) await upload.put(number, `part ${number}`)
    const first = await upload.list({ MaxParts: 2 })
    const second = await upload.list({ MaxParts: 2, PartNumberMarker: first.NextPartNumberMarker })

    expect(first.Parts?.map(({ PartNumber }) => PartNumber)).toEqual([1, 2])
    expect([first.IsTruncated, first.NextPartNumberMarker]).toEqual([true, '2'])
    expect(second.Parts).toMatchObject([{ PartNumber: 3, Size: 6 }])
    expect(second.IsTruncated).toBe(false)
  })

  check('lists 1,000 parts on a page', async (s3) => {
    const upload = await MultipartUpload.create(s3)
    const numbers = Array.from({ length: 1001 }, (_, index) => index + 1)
    for (let start = 0; start < numbers.length; start += 20) {
      await Promise.all(numbers.slice(start, start + 20).map((number) => upload.put(number, 'a')))
    }

    const { Parts, IsTruncated } = await upload.list()

    expect([Parts?.length, IsTruncated]).toEqual([1000, true])
  })

  check('lists the uploads of a prefix, page by page', async (s3) => {
    const prefix = s3.newKey('')
    for (const name of ['b', 'a', 'a'])
      await MultipartUpload.create(s3, { Key: `${prefix}${name}` })
    const list = (markers: { KeyMarker?: string; UploadIdMarker?: string }) =>
      s3.sdk.send(
        new ListMultipartUploadsCommand({
          Bucket: s3.bucket,
          Prefix: prefix,
          MaxUploads: 1,
          ...markers,
        }),
      )
    const keys: (string | undefined)[] = []
    let page = await list({})
    while (page.Uploads?.length) {
      keys.push(page.Uploads[0]?.Key)
      if (!page.IsTruncated) break
      page = await list({ KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker })
    }

    expect(keys).toEqual([`${prefix}a`, `${prefix}a`, `${prefix}b`])
  })
}

function endChecks(check: Check) {
  check('forgets an aborted upload', async (s3) => {
    const upload = await MultipartUpload.create(s3)
    const { ETag } = await upload.put(1, 'hello')
    await upload.abort()

    expect(await refusal(upload.complete([{ PartNumber: 1, ETag }]))).toBe('404 NoSuchUpload')
    expect(await refusal(upload.put(2, 'more'))).toBe('404 NoSuchUpload')
    expect(await s3.stored(upload.key)).toBeUndefined()
  })

  check('answers NoSuchUpload to ListParts of an aborted upload', async (s3) => {
    const upload = await MultipartUpload.create(s3)
    await upload.abort()

    expect(await refusal(upload.list())).toBe('404 NoSuchUpload')
  })

  check('answers NoSuchUpload to the abort of an unknown upload', async (s3) => {
    const upload = new MultipartUpload(s3, s3.newKey(), 'unknown')

    expect(await refusal(upload.abort())).toBe('404 NoSuchUpload')
  })

  check('does not find an upload under another key', async (s3) => {
    const upload = await MultipartUpload.create(s3)
    const other = new MultipartUpload(s3, s3.newKey(), upload.uploadId)

    expect(await refusal(other.put(1, 'hello'))).toBe('404 NoSuchUpload')
  })
}
