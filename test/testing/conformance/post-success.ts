import { expect } from 'vitest'
import { conformanceRow } from './conformance-row.js'

const hello = { content: 'hello' }
const etag = '"5d41402abc4b2a76b9719d911017c592"'

export const postSuccess = conformanceRow('POST success', (check) => {
  for (const [status, expected] of [
    [undefined, 204],
    ['204', 204],
    ['200', 200],
    ['418', 204],
  ] as const) {
    check(
      `answers ${expected} without a body when success_action_status is ${status}`,
      async (s3) => {
        const fields = { key: s3.newKey(), ...(status && { success_action_status: status }) }
        const response = await s3.postForm(fields, hello)

        expect([response.status, response.text]).toEqual([expected, ''])
      },
    )
  }

  check('answers with ETag and Location headers', async (s3) => {
    const key = s3.newKey()
    const { headers } = await s3.postForm({ key }, hello)

    expect(headers.etag).toBe(etag)
    expect(headers.location).toBe(`${s3.bucketUrl}/${encodeURIComponent(key)}`)
  })

  check('answers 201 with a document', async (s3) => {
    const key = s3.newKey()
    const response = await s3.postForm({ key, success_action_status: '201' }, hello)
    const text = response.text.replaceAll('&quot;', '"')

    expect(response.status).toBe(201)
    expect(text).toMatch(/<PostResponse[ >]/)
    expect(text).toContain(`<Bucket>${s3.bucket}</Bucket><Key>${key}</Key><ETag>${etag}</ETag>`)
    expect(text).toMatch(/<Location>http[^<]+<\/Location>/)
  })

  check('redirects with bucket, key and ETag in the query', async (s3) => {
    const key = s3.newKey()
    const fields = { key, success_action_redirect: 'http://app.example.com/done?a=1' }
    const response = await s3.postForm(fields, hello)
    const location = new URL(response.headers.location ?? '')

    expect(response.status).toBe(303)
    expect(`${location.origin}${location.pathname}`).toBe('http://app.example.com/done')
    expect(Object.fromEntries(location.searchParams)).toEqual({
      a: '1',
      bucket: s3.bucket,
      key,
      etag,
    })
  })
})
