import { describe, expect, it } from 'vitest'
import { systemRuntime } from '../../src/async/runtime.js'
import { createStorageClient } from '../../src/server/storage/storage-client.js'
import { credentials, startOfTests } from '../server/handler-setup.js'

const key = 'files/a b.jpg'

/** A client whose bucket answers as given, and the requests that reached it. */
function clientOf(answer: () => Response) {
  const requests: Request[] = []
  const s3 = createStorageClient({
    location: { bucket: 'uploads', region: 'eu-west-1', endpoint: 'https://s3.test' },
    credentials,
    fetch: async (request) => {
      requests.push(request)
      return answer()
    },
    now: () => startOfTests,
    runtime: { ...systemRuntime, sleep: async () => {} },
  })
  return { s3, requests }
}

const refusal = (status: number, code: string) => () =>
  new Response(`<Error><Code>${code}</Code><Message>No.</Message></Error>`, { status })

describe('the tags of an object', () => {
  it('are read from the document of S3', async () => {
    const document =
      '<?xml version="1.0"?>\n<Tagging xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><TagSet>' +
      '<Tag><Key>a</Key><Value>1 &amp; 2</Value></Tag><Tag><Key>b</Key><Value/></Tag></TagSet></Tagging>'
    const { s3, requests } = clientOf(() => new Response(document))

    expect(await s3.getObjectTags(key)).toEqual({ a: '1 & 2', b: '' })
    expect(requests[0]?.url).toBe('https://s3.test/uploads/files/a%20b.jpg?tagging=')
  })

  it.each(['<html/>', '<!doctype html>', ''])('are not read from %j', async (body) => {
    const { s3 } = clientOf(() => new Response(body))

    await expect(s3.getObjectTags(key)).rejects.toMatchObject({
      code: 'storage-error',
      cause: { message: expect.stringContaining('where <Tagging> was expected. Check') },
    })
  })

  it('are replaced with a document that S3 can compare with its checksum', async () => {
    const { s3, requests } = clientOf(() => new Response())

    expect(await s3.setObjectTags({ key, tags: { a: '1 & 2' } })).toBe(true)
    const [request] = requests
    expect(request?.method).toBe('PUT')
    expect(await request?.text()).toBe(
      '<Tagging xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><TagSet>' +
        '<Tag><Key>a</Key><Value>1 &amp; 2</Value></Tag></TagSet></Tagging>',
    )
    expect(request?.headers.get('x-amz-checksum-sha256')).toMatch(/^[A-Za-z0-9+/]{43}=$/)
  })

  it.each([
    [501, 'NotImplemented'],
    [400, 'InvalidArgument'],
  ])('are sent without a checksum where S3 refuses that with %i %s', async (status, code) => {
    const answers = [refusal(status, code)(), new Response()]
    const { s3, requests } = clientOf(() => answers.shift() ?? new Response(null, { status: 500 }))

    expect(await s3.setObjectTags({ key, tags: { a: '1' } })).toBe(true)
    expect(requests.map(({ headers }) => headers.has('x-amz-checksum-sha256'))).toEqual([
      true,
      false,
    ])
  })

  it('are removed where none are left', async () => {
    const { s3, requests } = clientOf(() => new Response(null, { status: 204 }))

    expect(await s3.setObjectTags({ key, tags: {} })).toBe(true)
    expect(requests[0]?.method).toBe('DELETE')
    expect(requests[0]?.url).toContain('?tagging=')
  })

  it.each([
    [404, 'NoSuchKey'],
    [405, 'MethodNotAllowed'],
  ])('are none where the object is gone (%i %s)', async (status, code) => {
    const { s3 } = clientOf(refusal(status, code))

    expect(await s3.getObjectTags(key)).toBeUndefined()
    expect(await s3.setObjectTags({ key, tags: {} })).toBe(false)
  })

  it('are not taken for none where there is no bucket, or no answer', async () => {
    const read = (answer: () => Response) => clientOf(answer).s3.getObjectTags(key)

    await expect(read(refusal(404, 'NoSuchBucket'))).rejects.toMatchObject({
      code: 'storage-refused',
    })
    await expect(read(refusal(503, 'SlowDown'))).rejects.toMatchObject({ code: 'storage-error' })
    await expect(read(() => new Response(''))).rejects.toMatchObject({ code: 'storage-error' })
  })
})

describe('the beginning of an object', () => {
  const read = (answer: () => Response) => {
    const { s3, requests } = clientOf(answer)
    const bytes = s3.readStart({ key, etag: '"e"', length: 4 })
    return { bytes, requests }
  }

  it('is asked for by range, of the object that was looked at', async () => {
    const { bytes, requests } = read(() => new Response('head', { status: 206 }))

    expect(new TextDecoder().decode(await bytes)).toBe('head')
    expect(requests[0]?.headers.get('range')).toBe('bytes=0-3')
    expect(requests[0]?.headers.get('if-match')).toBe('"e"')
  })

  it('is cut off where a server sends all of it', async () => {
    const { bytes } = read(() => new Response('head and tail'))

    expect(new TextDecoder().decode(await bytes)).toBe('head')
  })

  it('is short where the object is', async () => {
    const { bytes } = read(() => new Response('he', { status: 206 }))

    expect(new TextDecoder().decode(await bytes)).toBe('he')
  })

  it.each([
    [412, 'PreconditionFailed', 'W/"e"'],
    [501, 'NotImplemented', '"e"'],
    [400, 'InvalidArgument', '"e"'],
  ])(
    'is read where the condition ends with %i %s and the ETag is the same',
    async (status, code, etag) => {
      const answers = [
        refusal(status, code)(),
        new Response('head', { status: 206, headers: { etag } }),
      ]
      const { bytes, requests } = read(() => answers.shift() ?? new Response(null, { status: 500 }))

      expect(new TextDecoder().decode(await bytes)).toBe('head')
      expect(requests.map(({ headers }) => headers.get('if-match'))).toEqual(['"e"', null])
    },
  )

  it('is not read of another object', async () => {
    const answers = [
      refusal(412, 'PreconditionFailed')(),
      new Response('head', { status: 206, headers: { etag: '"f"' } }),
    ]
    const { bytes } = read(() => answers.shift() ?? new Response(null, { status: 500 }))

    await expect(bytes).rejects.toMatchObject({ code: 'storage-error' })
  })

  it.each([
    [412, 'PreconditionFailed', 'storage-error'],
    [404, 'NoSuchBucket', 'storage-refused'],
    [403, 'AccessDenied', 'upload-not-found'],
  ])('is not read when S3 answers %i %s', async (status, code, ours) => {
    await expect(read(refusal(status, code)).bytes).rejects.toMatchObject({ code: ours })
  })
})

describe('deleting an object', () => {
  it.each([204, 404])('is done when S3 answers %i', async (status) => {
    const { s3, requests } = clientOf(() => new Response(null, { status }))

    await expect(s3.deleteObject({ key })).resolves.toBe(true)
    expect(requests[0]?.method).toBe('DELETE')
  })

  it('says what to grant when S3 refuses', async () => {
    const { s3 } = clientOf(refusal(403, 'AccessDenied'))
    const refused = await s3.deleteObject({ key }).catch((error: Error) => error)

    expect(String((refused as Error).cause)).toContain('s3:DeleteObject')
  })
})
