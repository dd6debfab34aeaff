import { describe, expect, it, vi } from 'vitest'
import { isSigningError } from '../../src/server/errors/signing-error.js'
import { storedPhoto } from '../server/handler-setup.js'
import {
  type Answer,
  clientWith,
  errorDocument,
  scriptedBucket,
  status,
} from './scripted-bucket.js'

function scriptedHead(answers: readonly Answer[]) {
  const { s3, ...seen } = scriptedBucket(answers)
  return { ...seen, headObject: () => s3.headObject({ key: 'files/a b.png' }) }
}

const brokenAnswer = () =>
  new Response(new ReadableStream({ pull: (controller) => controller.error(new Error('lost')) }), {
    status: 403,
  })

async function failureOf(answers: readonly Answer[]) {
  try {
    await scriptedHead(answers).headObject()
    return undefined
  } catch (error) {
    return isSigningError(error) ? error : undefined
  }
}

describe('headObject', () => {
  it('sends one signed HEAD', async () => {
    const { requests, headObject } = scriptedHead([new Response(null, { headers: storedPhoto })])

    expect(await headObject()).toEqual({
      size: 1234,
      contentType: 'image/jpeg',
      etag: '"9b2cf535f27731c974343645a3985328"',
      versionId: undefined,
      checksum: undefined,
    })
    expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'HEAD https://s3.test/uploads/files/a%20b.png',
    ])
    expect(requests[0]?.headers.get('authorization')).toContain(
      'Credential=AKIAIOSFODNN7EXAMPLE/20260304/eu-west-1/s3/aws4_request',
    )
    expect(requests[0]?.redirect).toBe('manual')
  })

  it('asks for the checksum where it is wanted', async () => {
    const checksum = 'LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ='
    const headers = { ...storedPhoto, 'x-amz-checksum-sha256': checksum }
    const { requests, s3 } = scriptedBucket([new Response(null, { headers })])

    expect(await s3.headObject({ key: 'a', wantsChecksum: true })).toMatchObject({ checksum })
    expect(requests[0]?.headers.get('x-amz-checksum-mode')).toBe('ENABLED')
    expect(requests[0]?.headers.get('authorization')).toContain('x-amz-checksum-mode')
  })

  it("takes the checksum of parts' checksums for none of the object", async () => {
    const headers = {
      ...storedPhoto,
      'x-amz-checksum-sha256': '02fcpk5/QKJNsvzEdkeBlFeIWeYNwKJO=-2',
    }
    const { s3 } = scriptedBucket([new Response(null, { headers })])

    expect(await s3.headObject({ key: 'a' })).toMatchObject({ checksum: undefined })
  })

  it('finds nothing when S3 says 404', async () => {
    expect(await scriptedHead([status(404)]).headObject()).toBeUndefined()
  })

  it.each<[string, Answer]>([
    ['a lost connection', new TypeError('fetch failed')],
    ['status 500', status(500)],
    ['status 503', status(503)],
    ['status 429', status(429)],
  ])('tries again after %s', async (_, answer) => {
    const { requests, headObject } = scriptedHead([
      answer,
      answer,
      new Response(null, { headers: storedPhoto }),
    ])

    expect(await headObject()).toMatchObject({ size: 1234 })
    expect(requests).toHaveLength(3)
  })

  it('gives up after the third failure', async () => {
    const lost = new TypeError('fetch failed')

    expect(await failureOf([lost, lost, status(503)])).toMatchObject({
      code: 'storage-error',
      cause: expect.objectContaining({ message: expect.stringContaining('HTTP status 503') }),
    })
  })

  it('pauses between two tries, and not after the last', async () => {
    const { pauses, headObject } = scriptedHead([status(503), status(503), status(503)])

    await expect(headObject()).rejects.toThrow()

    expect(pauses).toHaveLength(2)
    expect(pauses.every((pause, index) => pause >= 0 && pause < 200 * 2 ** index)).toBe(true)
  })

  it.each<[string, Response]>([
    [
      'in part',
      new Response('x', {
        status: 206,
        headers: { ...storedPhoto, 'content-length': '1', 'content-range': 'bytes 0-0/1234' },
      }),
    ],
    ['as a whole', new Response('x'.repeat(1234), { headers: storedPhoto })],
  ])('believes a GET that is answered %s where HEAD is refused', async (_, answer) => {
    const { headObject } = scriptedHead([status(403), answer])

    expect(await headObject()).toEqual({
      size: 1234,
      contentType: 'image/jpeg',
      etag: '"9b2cf535f27731c974343645a3985328"',
      versionId: undefined,
      checksum: undefined,
    })
    expect(answer.bodyUsed).toBe(true)
  })

  it('calls a part of unknown size no answer', async () => {
    const headers = { ...storedPhoto, 'content-length': '1', 'content-range': 'bytes 0-0/*' }

    expect(
      await failureOf([status(403), new Response('x', { status: 206, headers })]),
    ).toMatchObject({ code: 'storage-error' })
  })

  it('calls an answer without size or ETag no answer', async () => {
    expect(await failureOf([status(200)])).toMatchObject({ code: 'storage-error' })
  })

  it.each<[string, readonly Answer[], string]>([
    ['403 AccessDenied', [status(403), errorDocument(403, 'AccessDenied')], 'upload-not-found'],
    ['403 without a word', [status(403), status(403)], 'upload-not-found'],
    [
      '403 from a proxy',
      [status(403), new Response('<html>', { status: 403 })],
      'upload-not-found',
    ],
    [
      '403 for want of s3:ListBucket',
      [
        status(403),
        errorDocument(403, 'AccessDenied', 'not authorized to perform: s3:ListBucket on'),
      ],
      'upload-not-found',
    ],
    [
      '403 for want of s3:GetObject',
      [
        status(403),
        errorDocument(403, 'AccessDenied', 'not authorized to perform: s3:GetObject on'),
      ],
      'storage-refused',
    ],
    [
      '403 for a wrong secret',
      [status(403), errorDocument(403, 'SignatureDoesNotMatch')],
      'storage-refused',
    ],
    ['400 for an old token', [status(400), errorDocument(400, 'ExpiredToken')], 'storage-error'],
    [
      '301 for a wrong region',
      [status(301), errorDocument(301, 'PermanentRedirect')],
      'storage-refused',
    ],
    ['400 without a word', [status(400), status(400)], 'storage-refused'],
    ['403 and then half an answer', [status(403), brokenAnswer()], 'storage-error'],
    [
      '403 and then nothing',
      [status(403), new Error('x'), new Error('x'), new Error('x')],
      'storage-error',
    ],
  ])('understands %s', async (_, answers, code) => {
    const failure = await failureOf(answers)

    expect(failure).toMatchObject({ code })
    expect(failure?.cause).toBeInstanceOf(Error)
  })

  it('tells the developer which permission is missing', async () => {
    const failure = await failureOf([status(403), errorDocument(403, 'AccessDenied')])

    expect(String(failure?.cause)).toContain('Grant them s3:ListBucket on the bucket')
    expect(failure?.message).not.toContain('s3:')
  })

  it('speaks of the place, not of a permission, where it is led elsewhere', async () => {
    const failure = await failureOf([status(307), errorDocument(307, 'TemporaryRedirect')])

    expect(String(failure?.cause)).toContain('Set region (AWS_REGION) and endpoint')
    expect(String(failure?.cause)).not.toContain('s3:GetObject')
  })

  it('asks for the size by GET where HEAD tells none', async () => {
    const { 'content-length': _, ...unsized } = storedPhoto
    const part = { ...unsized, 'content-length': '1', 'content-range': 'bytes 0-0/1234' }
    const { requests, headObject } = scriptedHead([
      new Response(null, { headers: unsized }),
      new Response('x', { status: 206, headers: part }),
    ])

    expect(await headObject()).toMatchObject({ size: 1234 })
    expect(requests.map(({ method }) => method)).toEqual(['HEAD', 'GET'])
  })

  it('says what is lacking where GET tells no size either', async () => {
    const { 'content-length': _, ...unsized } = storedPhoto
    const answers = [unsized, unsized].map((headers) => new Response(null, { headers }))

    expect(String((await failureOf(answers))?.cause)).toContain('without its size')
  })

  it('takes the weak ETag of a proxy for that of the object', async () => {
    const headers = { ...storedPhoto, etag: `W/${storedPhoto.etag}` }

    expect(await scriptedHead([new Response(null, { headers })]).headObject()).toMatchObject({
      etag: storedPhoto.etag,
    })
  })

  it('does without the checksum where S3 does not know the header', async () => {
    const { requests, s3 } = scriptedBucket([
      status(400),
      new Response(null, { headers: storedPhoto }),
    ])

    expect(await s3.headObject({ key: 'a', wantsChecksum: true })).toMatchObject({ size: 1234 })
    expect(requests.map(({ headers }) => headers.get('x-amz-checksum-mode'))).toEqual([
      'ENABLED',
      null,
    ])
  })

  it('finds an empty object where HEAD is refused', async () => {
    const empty = { ...storedPhoto, 'content-length': '0' }
    const { headObject } = scriptedHead([
      status(403),
      errorDocument(416, 'InvalidRange'),
      new Response(null, { headers: empty }),
    ])

    expect(await headObject()).toMatchObject({ size: 0 })
  })

  it('finds nothing where HEAD is refused and GET says so', async () => {
    const { headObject } = scriptedHead([status(405), errorDocument(404, 'NoSuchKey')])

    expect(await headObject()).toBeUndefined()
  })

  const inFrankfurt = { 'x-amz-bucket-region': 'eu-central-1' }
  const named = (code: number, name: string) =>
    new Response(
      `<Error><Code>${name}</Code><Message>No.</Message><Region>eu-central-1</Region></Error>`,
      { status: code },
    )

  it.each<[string, () => readonly Response[]]>([
    [
      '301',
      () => [301, 301].map((code) => new Response(null, { status: code, headers: inFrankfurt })),
    ],
    [
      '307',
      () => [307, 307].map((code) => new Response(null, { status: code, headers: inFrankfurt })),
    ],
    [
      '400',
      () => [400, 400].map((code) => new Response(null, { status: code, headers: inFrankfurt })),
    ],
    ['301 in its document', () => [status(301), named(301, 'PermanentRedirect')]],
    ['400 in its document', () => [status(400), named(400, 'AuthorizationHeaderMalformed')]],
    ['400 of MinIO', () => [status(400), named(400, 'InvalidRegion')]],
  ])('names the right region after %s', async (_, answers) => {
    const failure = await failureOf(answers())

    expect(failure).toMatchObject({ code: 'storage-refused' })
    expect(String(failure?.cause)).toContain('Set region (AWS_REGION) to "eu-central-1"')
  })

  it('does not take a region that stands beside another refusal for its reason', async () => {
    const denied = new Response('<Error><Code>AccessDenied</Code></Error>', {
      status: 403,
      headers: inFrankfurt,
    })

    expect(String((await failureOf([status(403), denied]))?.cause)).not.toContain('AWS_REGION')
  })

  it('asks for the reason of a refusal with at most one byte', async () => {
    const { requests, headObject } = scriptedHead([status(403), errorDocument(403, 'AccessDenied')])

    await expect(headObject()).rejects.toThrow()

    expect(requests[1]?.method).toBe('GET')
    expect(requests[1]?.headers.get('range')).toBe('bytes=0-0')
  })

  it('says so when there are no credentials, and asks for them once', async () => {
    const provider = vi.fn(() => Promise.reject(new Error('metadata service away')))
    const s3 = clientWith({ credentials: provider, fetch: async () => status(200) })

    await expect(s3.headObject({ key: 'a' })).rejects.toMatchObject({
      code: 'storage-error',
      message: expect.stringContaining('no valid credentials'),
      cause: expect.objectContaining({ message: 'metadata service away' }),
    })
    expect(provider).toHaveBeenCalledTimes(1)
  })
})
