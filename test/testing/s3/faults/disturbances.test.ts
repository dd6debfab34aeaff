import type { FaultEffect } from 's3-direct-upload/testing'
import { describe, expect, it } from 'vitest'
import { beginUpload, completeUpload, form, keysOf, presigned, put, testS3 } from './faulty-s3.js'

const cors = [{ allowedOrigins: ['*'], allowedMethods: ['PUT', 'POST'], allowedHeaders: ['*'] }]
const origin = 'https://app.test'

describe('a fault', () => {
  it("refuses with S3's error document and does nothing", async () => {
    const { s3, events } = testS3()
    s3.fault({
      effect: {
        kind: 'refuse',
        code: 'SlowDown',
        message: 'Please reduce your request rate.',
        headers: { 'retry-after': '2' },
      },
    })
    const response = await s3.fetch(await put('a'))

    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '2'])
    expect(await response.text()).toMatch(
      /<Code>SlowDown<\/Code><Message>Please reduce your request rate\.<\/Message>.*<RequestId>/s,
    )
    expect(await s3.objects('photos')).toEqual([])
    expect(events).toMatchObject([
      { operation: 'PutObject', key: 'a', status: 503, errorCode: 'SlowDown', fault: 'refuse' },
    ])
  })

  it('refuses with the status it is given, as S3 does late in a completion', async () => {
    const { s3 } = testS3()
    s3.fault({ effect: { kind: 'refuse', code: 'InternalError', status: 200 } })
    const response = await s3.fetch(await presigned('POST', 'a?uploadId=1'))

    expect(response.status).toBe(200)
    expect(await response.text()).toContain('<Code>InternalError</Code>')
  })

  for (const [profile, code, allowed] of [
    ['aws', 'SlowDown', '*'],
    ['aws', 'AccessDenied', '*'],
    ['rgw16', 'SlowDown', '*'],
    ['rgw16', 'AccessDenied', null],
  ] as const) {
    it(`refuses with ${code} ${allowed ? 'readably' : 'unreadably'} for scripts in ${profile}`, async () => {
      const cors = [{ allowedOrigins: ['*'], allowedMethods: ['PUT'] }]
      const { s3 } = testS3({ profile, cors })
      s3.fault({ effect: { kind: 'refuse', code } })
      const { headers } = await s3.fetch(await put('a'), { origin: 'https://app.test' })

      expect(headers.get('access-control-allow-origin')).toBe(allowed)
    })
  }

  it('loses an answer after the work is done', async () => {
    const { s3, events } = testS3()
    s3.fault({ effect: { kind: 'lose-answer' } })

    await expect(s3.fetch(await put('a'))).rejects.toThrow(TypeError)
    expect(await keysOf(s3)).toEqual(['a'])
    expect(events).toMatchObject([{ key: 'a', status: 200, fault: 'lose-answer' }])
  })
})

describe('a clock', () => {
  it('that is ahead makes signatures expire', async () => {
    const { s3, events } = testS3()
    s3.fault({ effect: { kind: 'clock', aheadSeconds: 8 * 24 * 60 * 60 } })
    const [url, posted] = [await s3.fetch(await put('a')), await s3.fetch(form('b'))]

    expect([url.status, posted.status]).toEqual([403, 403])
    expect(await url.text()).toContain('<Message>Request has expired</Message>')
    expect(await posted.text()).toMatch(/expired/)
    expect(events.map(({ fault }) => fault)).toEqual(['clock', 'clock'])
  })

  it('that is behind makes them invalid yet', async () => {
    const { s3 } = testS3()
    s3.fault({ effect: { kind: 'clock', aheadSeconds: -3600 } })
    const answer = await s3.fetch(await put('a'))

    expect(await answer.text()).toContain('<Message>Request is not valid yet</Message>')
  })

  it('is right again once the fault is removed', async () => {
    const { s3 } = testS3()
    const remove = s3.fault({ effect: { kind: 'clock', aheadSeconds: 1e6 } })
    remove()

    expect((await s3.fetch(await put('a'))).status).toBe(200)
  })
})

describe('CORS that is off', () => {
  it('does the work and answers so that no script can read it', async () => {
    const { s3 } = testS3({ cors })
    s3.fault({ nth: 1, effect: { kind: 'cors-off' } })
    const [hidden, shown] = [
      await s3.fetch(await put('a'), { origin }),
      await s3.fetch(await put('b'), { origin }),
    ]

    expect([hidden.status, shown.status]).toEqual([200, 200])
    expect(hidden.headers.get('access-control-allow-origin')).toBeNull()
    expect(shown.headers.get('access-control-allow-origin')).toBe('*')
    expect(await keysOf(s3)).toEqual(['a', 'b'])
  })

  it('refuses preflights', async () => {
    const { s3 } = testS3({ cors })
    s3.fault({ effect: { kind: 'cors-off' } })
    const headers = { 'access-control-request-method': 'PUT' }
    const asked = new Request(await presigned('OPTIONS', 'a'), { headers })
    const { status } = await s3.fetch(asked, { origin })

    expect(status).toBe(403)
  })
})

describe('an empty answer', () => {
  for (const [title, effect, completes] of [
    ['after the work', { kind: 'empty-answer' }, true],
    ['in place of the work', { kind: 'empty-answer', work: 'skipped' }, false],
  ] as const) {
    it(`comes ${title}`, async () => {
      const { s3 } = testS3()
      const uploadId = await beginUpload(s3)
      s3.fault({ operation: 'CompleteMultipartUpload', effect })
      const answer = await completeUpload(s3, uploadId)

      expect([answer.status, await answer.text()]).toEqual([200, ''])
      expect(await keysOf(s3)).toEqual(completes ? ['a'] : [])
      expect(await s3.uploads('photos')).toHaveLength(completes ? 0 : 1)
    })
  }

  it('is no answer to a refusal', async () => {
    const { s3 } = testS3()
    s3.fault({ effect: { kind: 'empty-answer' } })
    const answer = await completeUpload(s3, 'unknown')

    expect(answer.status).toBe(404)
    expect(await answer.text()).toContain('<Code>NoSuchUpload</Code>')
  })
})

describe('the control operations of a multipart upload', () => {
  const refusal: FaultEffect = { kind: 'refuse', code: 'SlowDown' }
  for (const [operation, method, target] of [
    ['CreateMultipartUpload', 'POST', 'a?uploads'],
    ['ListParts', 'GET', 'a?uploadId=u'],
    ['CompleteMultipartUpload', 'POST', 'a?uploadId=u'],
    ['AbortMultipartUpload', 'DELETE', 'a?uploadId=u'],
    ['ListMultipartUploads', 'GET', '?uploads'],
    ['HeadObject', 'HEAD', 'a'],
  ] as const) {
    it(`can be refused and lost: ${operation}`, async () => {
      const { s3, events } = testS3()
      s3.fault({ operation, nth: 1, effect: refusal })
      s3.fault({ operation, nth: 2, effect: { kind: 'lose-answer' } })
      const refused = await s3.fetch(await presigned(method, target))

      expect(refused.status).toBe(503)
      await expect(s3.fetch(await presigned(method, target))).rejects.toThrow(TypeError)
      expect(events.map((event) => event.operation)).toEqual([operation, operation])
    })
  }
})
