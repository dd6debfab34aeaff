import { expect } from 'vitest'
import { conformanceRow } from './conformance-row.js'
import { formRequest } from './post-form.js'

const hello = { content: 'hello' }

/** How the form itself is read. */
export const postFormFields = conformanceRow('POST form', (check) => {
  check('stores the file under the key of the form', async (s3) => {
    const key = s3.newKey()
    const response = await s3.postForm({ key }, hello)

    expect(response.outcome).toBe('204')
    expect(await s3.stored(key)).toBe('hello')
  })

  check('stores a file that contains line breaks, dashes and most of the boundary', async (s3) => {
    const key = s3.newKey()
    const content = '\r\n--\r\n------WebKitFormBoundary7MA4YWxkTrZu0g\r\n--\0\xff\r\n'
    await s3.postForm({ key }, { content })

    expect(await s3.stored(key)).toBe(content)
  })

  check('stores an empty file', async (s3) => {
    const key = s3.newKey()
    await s3.postForm({ key }, { content: '' })

    expect(await s3.stored(key)).toBe('')
  })

  check('stores content headers and metadata from fields', async (s3) => {
    const key = s3.newKey()
    await s3.postForm({ key, 'Content-Type': 'image/png', 'x-amz-meta-color': 'red' }, hello)

    const { headers } = await s3.get(key)

    expect(headers).toMatchObject({ 'content-type': 'image/png', 'x-amz-meta-color': 'red' })
  })

  check('stores Content-Disposition and Cache-Control from fields', async (s3) => {
    const key = s3.newKey()
    const fields = { 'Content-Disposition': 'attachment', 'Cache-Control': 'no-cache' }
    await s3.postForm({ key, ...fields }, hello)

    const { headers } = await s3.get(key)

    expect(headers).toMatchObject({
      'content-disposition': 'attachment',
      'cache-control': 'no-cache',
    })
  })

  check('reads the names of fields in any case', async (s3) => {
    const key = s3.newKey()
    const signed = s3.signForm({ key, 'Content-Type': 'image/png' })
    const shouted = Object.fromEntries(
      Object.entries(signed).map(([name, value]) => [name.toUpperCase(), value]),
    )
    const response = await s3.send(formRequest(s3.bucketUrl, shouted, hello))

    expect(response.outcome).toBe('204')
    expect((await s3.head(key)).ContentType).toBe('image/png')
  })

  check('ignores fields behind the file', async (s3) => {
    const key = s3.newKey()
    const fields = s3.signForm({ key })
    const late = { 'x-amz-meta-color': 'red', key: s3.newKey() }
    const response = await s3.send(formRequest(s3.bucketUrl, fields, hello, late))

    expect(response.outcome).toBe('204')
    expect((await s3.head(key)).Metadata).toEqual({})
  })

  // biome-ignore-start lint/suspicious/noTemplateCurlyInString: the placeholder of S3.
  for (const [filename, expected] of [
    ['photo.jpg', 'photo.jpg'],
    ['ümlaut 😀.jpg', 'ümlaut 😀.jpg'],
    ['folder/photo.jpg', 'photo.jpg'],
    [null, '${filename}'],
  ] as const) {
    check(`puts the file name ${filename} into the key as ${expected}`, async (s3) => {
      const prefix = `${s3.newKey('')}`
      const key = `${prefix}\${filename}`
      const conditions = [
        { bucket: s3.bucket },
        ['starts-with', '$key', prefix],
        ['starts-with', '$x-amz-algorithm', ''],
        ['starts-with', '$x-amz-credential', ''],
        ['starts-with', '$x-amz-date', ''],
      ]
      const response = await s3.postForm({ key }, { ...hello, filename }, { conditions })

      expect(response.outcome).toBe('204')
      expect(await s3.stored(`${prefix}${expected}`)).toBe('hello')
    })
  }
  // biome-ignore-end lint/suspicious/noTemplateCurlyInString: see above.

  check('refuses a form without a file', async (s3) => {
    const request = formRequest(s3.bucketUrl, s3.signForm({ key: s3.newKey() }), undefined)

    expect((await s3.send(request)).outcome).toBe('400 InvalidArgument')
  })

  check('refuses a form without a key', async (s3) => {
    expect((await s3.postForm({}, hello)).outcome).toBe('400 InvalidArgument')
  })

  check('refuses a form with its key behind the file', async (s3) => {
    const key = s3.newKey()
    const { key: _, ...fields } = s3.signForm({ key })
    const response = await s3.send(formRequest(s3.bucketUrl, fields, hello, { key }))

    expect(await s3.stored(key)).toBeUndefined()
    expect(response.outcome).toBe('400 InvalidArgument')
  })

  check('refuses a form that breaks off in its file', async (s3) => {
    const key = s3.newKey()
    const { body = '', ...request } = formRequest(s3.bucketUrl, s3.signForm({ key }), hello)
    const broken = Buffer.from(body).subarray(0, -20)
    const response = await s3.send({ ...request, body: broken })

    expect(await s3.stored(key)).toBeUndefined()
    expect(response.outcome).toBe('400 MalformedPOSTRequest')
  })

  check('refuses more than 20 KiB of fields', async (s3) => {
    const fields = { key: s3.newKey(), 'x-ignore-long': 'x'.repeat(20_480) }

    expect((await s3.postForm(fields, hello)).outcome).toBe('400 MaxPostPreDataLengthExceeded')
  })

  check('refuses a body that is no multipart form', async (s3) => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const response = await s3.send({ method: 'POST', url: s3.bucketUrl, headers, body: 'key=a' })

    expect(response.outcome).toBe('412 PreconditionFailed')
  })

  check('verifies a checksum field', async (s3) => {
    const key = s3.newKey()
    const fields = {
      key,
      'x-amz-checksum-algorithm': 'SHA256',
      'x-amz-checksum-sha256': 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=',
    }

    const response = await s3.postForm(fields, hello)

    expect(await s3.stored(key)).toBeUndefined()
    expect(response.outcome).toBe('400 BadDigest')
  })
})
