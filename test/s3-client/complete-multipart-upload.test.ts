import { describe, expect, it } from 'vitest'
import { childrenNamed, childText, parseXml } from '../../src/s3/xml.js'
import type { UploadToComplete } from '../../src/s3-client/complete-multipart-upload.js'
import { VirtualClock } from '../support/virtual-clock.js'
import {
  type Answer,
  clientWith,
  errorDocument,
  scriptedBucket,
  status,
  xml,
} from './scripted-bucket.js'

const upload: UploadToComplete = {
  key: 'files/clip.mp4',
  s3UploadId: 'u1',
  size: 16,
  overwrite: 'refuse',
  parts: [
    { partNumber: 10, size: 7, etag: '"b & <c>"', checksums: { ChecksumSHA256: 'def=' } },
    { partNumber: 9, size: 9, etag: '"a"', checksums: { ChecksumSHA256: 'abc=' } },
  ],
}

const done = () =>
  xml('<CompleteMultipartUploadResult><ETag></ETag></CompleteMultipartUploadResult>')

async function completionAfter(
  answers: readonly Answer[],
  changes: Partial<UploadToComplete> = {},
) {
  const { s3, requests } = scriptedBucket(answers)
  const completion = await s3.completeMultipartUpload({ ...upload, ...changes })
  return { completion, requests }
}

describe('completeMultipartUpload', () => {
  it('lists the parts by their numbers, with ETags and checksums as S3 wrote them', async () => {
    const { completion, requests } = await completionAfter([done()])

    const list = parseXml((await requests[0]?.text()) ?? '')
    const parts = childrenNamed(list, 'Part').map((part) =>
      ['PartNumber', 'ETag', 'ChecksumSHA256'].map((name) => childText(part, name)),
    )
    expect(completion).toBe('completed')
    expect(parts).toEqual([
      ['9', '"a"', 'abc='],
      ['10', '"b & <c>"', 'def='],
    ])
  })

  it('binds the size of the whole, and that nothing is replaced', async () => {
    const { requests } = await completionAfter([done()])

    expect(Object.fromEntries(requests[0]?.headers ?? [])).toMatchObject({
      'content-type': 'application/xml',
      'if-none-match': '*',
      'x-amz-mp-object-size': '16',
      authorization: expect.stringContaining(
        'SignedHeaders=content-type;host;if-none-match;x-amz-content-sha256;x-amz-date;x-amz-mp-object-size,',
      ),
    })
    expect(requests[0]?.headers.get('x-amz-content-sha256')).toMatch(/^[0-9a-f]{64}$/)
  })

  it('sends no condition where objects may be replaced', async () => {
    const { requests } = await completionAfter([done()], { overwrite: 'allow' })

    expect(requests[0]?.headers.has('if-none-match')).toBe(false)
  })

  it.each<[string, () => Answer]>([
    ['a lost connection', () => new TypeError('fetch failed')],
    ['an empty answer', () => status(200)],
    ['an answer of white space', () => xml('  \n \n')],
    ['half an answer', () => xml('<CompleteMultipartUploadResult><ETag>')],
    ['InternalError with status 200', () => errorDocument(200, 'InternalError')],
    [
      'InternalError behind white space and a prolog',
      () =>
        xml(
          '\n\n   \n<?xml version="1.0" encoding="UTF-8"?>\n\n<Error><Code>InternalError</Code></Error>',
        ),
    ],
    ['SlowDown with status 200', () => errorDocument(200, 'SlowDown')],
    ['status 503', () => status(503)],
  ])('tries again after %s', async (_, answer) => {
    const { completion, requests } = await completionAfter([answer(), answer(), done()])

    expect(completion).toBe('completed')
    expect(requests).toHaveLength(3)
  })

  it.each<[number, string, string, string]>([
    [404, 'NoSuchUpload', 'No.', 'no-such-upload'],
    [404, 'NoSuchKey', 'No.', 'no-such-upload'],
    [200, 'NoSuchUpload', 'No.', 'no-such-upload'],
    [412, 'PreconditionFailed', 'No.', 'object-exists'],
    [200, 'PreconditionFailed', 'No.', 'object-exists'],
    [409, 'ConditionalRequestConflict', 'No.', 'object-exists'],
    [400, 'InvalidPart', 'No.', 'parts-changed'],
    [400, 'InvalidPartOrder', 'No.', 'parts-changed'],
    [400, 'InvalidRequest', "The provided 'x-amz-mp-object-size' header…", 'parts-changed'],
  ])('understands %d %s', async (code, name, message, expected) => {
    const { completion, requests } = await completionAfter([errorDocument(code, name, message)])

    expect(completion).toBe(expected)
    expect(requests).toHaveLength(1)
  })

  it.each<[number, string, string]>([
    [400, 'EntityTooSmall', 'Raise partSize'],
    [403, 'AccessDenied', 'Grant s3:PutObject'],
  ])('tells the developer what to do about %d %s', async (code, name, advice) => {
    await expect(completionAfter([errorDocument(code, name)])).rejects.toMatchObject({
      code: 'storage-refused',
      cause: expect.objectContaining({ message: expect.stringContaining(advice) }),
    })
  })

  it.each<[number, string, string]>([
    [501, 'NotImplemented', 'No.'],
    [400, 'NotImplemented', 'A header you provided implies functionality that is not implemented'],
    [
      400,
      'InvalidArgument',
      "Unsupported header 'x-amz-mp-object-size' received for this API call.",
    ],
    [400, 'InvalidRequest', 'Unknown header X-Amz-Mp-Object-Size'],
    [400, 'UnexpectedHeader', 'x-amz-mp-object-size is not supported'],
    [400, 'InvalidRequest', 'No.'],
    [400, 'InvalidArgument', ''],
  ])('leaves the size out where S3 refuses the header: %d %s %s', async (code, name, message) => {
    const { completion, requests } = await completionAfter([
      errorDocument(code, name, message),
      done(),
    ])

    expect(completion).toBe('completed')
    expect(requests.map(({ headers }) => headers.get('x-amz-mp-object-size'))).toEqual(['16', null])
    expect(requests.map(({ headers }) => headers.get('if-none-match'))).toEqual(['*', '*'])
  })

  it('leaves it out where a proxy refuses with a page of its own', async () => {
    const page = new Response('<html>Bad Request</html>', { status: 400 })

    expect((await completionAfter([page, done()])).completion).toBe('completed')
  })

  it.each([
    [501, 'NotImplemented'],
    [400, 'InvalidArgument'],
  ])('says what to do where S3 knows no conditions either: %d %s', async (code, name) => {
    const answers = [errorDocument(code, name), errorDocument(code, name)]

    await expect(completionAfter(answers)).rejects.toMatchObject({
      code: 'storage-refused',
      cause: expect.objectContaining({ message: expect.stringContaining("overwrite to 'allow'") }),
    })
  })

  it('waits for the request before it, which Ceph is still at', async () => {
    const busy = () =>
      errorDocument(500, 'InternalError', 'This multipart completion is already in progress')

    expect((await completionAfter([busy(), busy(), done()])).completion).toBe('completed')
    expect((await completionAfter([busy(), busy(), busy()])).completion).toBe('unfinished')
  })

  it('stops waiting for S3 after a while', async () => {
    const clock = new VirtualClock()
    const s3 = clientWith({ runtime: clock.runtime, fetch: () => new Promise(() => {}) })

    expect(await clock.until(s3.completeMultipartUpload(upload))).toBe('unfinished')
    expect(clock.now).toBe(15_000)
  })

  it('ends the connection then', async () => {
    // The whole request is kept: Node lets go of a signal whose request nobody holds.
    let sent: Request | undefined
    const clock = new VirtualClock()
    const s3 = clientWith({
      runtime: clock.runtime,
      fetch: (request) => {
        sent = request
        return new Promise(() => {})
      },
    })

    await clock.until(s3.completeMultipartUpload(upload))

    expect(sent?.signal.aborted).toBe(true)
  })
})
