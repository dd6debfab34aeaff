import type { FaultEffect, FaultRule } from 's3-direct-upload/testing'
import { describe, expect, it } from 'vitest'
import { contentsOf, endpoint, form, presigned, put, testS3 } from './faulty-s3.js'

const refusal: FaultEffect = { kind: 'refuse', code: 'SlowDown' }

describe('a fault hits', () => {
  for (const [title, rule, hits] of [
    ['every request', {}, [1, 2, 3, 4, 5]],
    ['the nth alone', { nth: 2 }, [2]],
    ['the first so many times', { times: 2 }, [1, 2]],
    ['so many from the nth on', { nth: 2, times: 3 }, [2, 3, 4]],
    ['all from the nth on', { nth: 4, times: Number.POSITIVE_INFINITY }, [4, 5]],
  ] as const) {
    it(title, async () => {
      const { s3 } = testS3()
      s3.fault({ ...rule, effect: refusal })
      const statuses = []
      for (let count = 1; count <= 5; count++)
        statuses.push((await s3.fetch(await put('a'))).status)

      expect(statuses.flatMap((status, index) => (status === 503 ? [index + 1] : []))).toEqual(hits)
    })
  }

  for (const [title, rule, hits] of [
    ['one operation', { operation: 'PutObject' }, ['PUT a', 'PUT b.mp4']],
    [
      'several operations',
      { operation: ['PutObject', 'ListObjects'] },
      ['PUT a', 'PUT b.mp4', 'GET '],
    ],
    ['one key', { key: 'a' }, ['PUT a', 'DELETE a']],
    ['keys with a pattern, also a global one', { key: /\.mp4$/g }, ['PUT b.mp4', 'DELETE b.mp4']],
    [
      'one bucket',
      { bucket: 'photos' },
      ['PUT a', 'PUT b.mp4', 'DELETE a', 'DELETE b.mp4', 'GET '],
    ],
    ['no other bucket', { bucket: 'videos' }, []],
    ['the preflight only by name', { operation: 'Preflight' }, ['OPTIONS a']],
    [
      'everything but the preflight',
      {},
      ['PUT a', 'PUT b.mp4', 'DELETE a', 'DELETE b.mp4', 'GET '],
    ],
  ] as const) {
    it(title, async () => {
      const { s3, events } = testS3()
      s3.fault({ ...rule, effect: refusal })
      for (const [method, path] of [
        ['PUT', 'a'],
        ['PUT', 'b.mp4'],
        ['OPTIONS', 'a'],
        ['DELETE', 'a'],
        ['DELETE', 'b.mp4'],
        ['GET', ''],
      ] as const) {
        await s3.fetch(await presigned(method, path))
      }

      expect(
        events.flatMap(({ method, key = '', fault }) => (fault ? [`${method} ${key}`] : [])),
      ).toEqual(hits)
    })
  }

  it('a posted form by the key in it', async () => {
    const { s3 } = testS3()
    s3.fault({ key: 'a', effect: { kind: 'lose-answer' } })

    await expect(s3.fetch(form('a'))).rejects.toThrow(TypeError)
    expect((await s3.fetch(form('b'))).status).toBe(204)
    expect(await contentsOf(s3)).toEqual({ a: 'hello', b: 'hello' })
  })

  it('one part, each time it is sent', async () => {
    const { s3, events } = testS3()
    s3.fault({ operation: 'UploadPart', partNumber: 2, effect: refusal })
    for (const partNumber of [1, 2, 2, 12]) {
      await s3.fetch(await presigned('PUT', `a?partNumber=${partNumber}&uploadId=u`))
    }

    expect(events.map(({ partNumber, status }) => [partNumber, status])).toEqual([
      [1, 404],
      [2, 503],
      [2, 503],
      [12, 404],
    ])
  })

  it('what a function chooses, which sees the request and its number', async () => {
    const { s3, events } = testS3()
    const seen: unknown[] = []
    s3.fault({
      operation: 'PutObject',
      times: 3,
      effect: (request) => {
        seen.push(request)
        return request.nth === 2 ? refusal : undefined
      },
    })
    for (let count = 1; count <= 4; count++) await s3.fetch(await put('a'))

    expect(events.map(({ status }) => status)).toEqual([200, 503, 200, 200])
    expect(seen).toMatchObject([1, 2, 3].map((nth) => ({ bucket: 'photos', key: 'a', nth })))
  })

  it('by the next rule what a function spares', async () => {
    const { s3, events } = testS3()
    s3.fault({ effect: () => undefined })
    s3.fault({ effect: refusal })
    await s3.fetch(await put('a'))

    expect(events.map(({ status }) => status)).toEqual([503])
  })

  it('no form that has no key', async () => {
    const { s3 } = testS3()
    s3.fault({ key: /^/, effect: refusal })
    const body = new FormData()
    body.set('file', new Blob(['hello']))
    const response = await s3.fetch(new Request(`${endpoint}/photos`, { method: 'POST', body }))

    expect(response.status).toBe(400)
    expect(await response.text()).toContain('<ArgumentName>key</ArgumentName>')
  })

  it('first come, first served, each counting for itself', async () => {
    const { s3, events } = testS3()
    s3.fault({ nth: 1, effect: { kind: 'refuse', code: 'RequestTimeout' } })
    s3.fault({ times: 2, effect: { kind: 'refuse', code: 'ServiceUnavailable' } })
    for (let count = 0; count < 3; count++) await s3.fetch(await put('a'))

    expect(events.map(({ status, errorCode }) => [status, errorCode])).toEqual([
      [400, 'RequestTimeout'],
      [503, 'ServiceUnavailable'],
      [200, undefined],
    ])
  })

  it('nothing once it is removed', async () => {
    const { s3 } = testS3()
    const remove = s3.fault({ key: 'a', effect: refusal })
    s3.fault({ key: 'b', effect: refusal })
    remove()

    expect((await s3.fetch(await put('a'))).status).toBe(200)
    expect((await s3.fetch(await put('b'))).status).toBe(503)
  })

  it('nothing after a reset', async () => {
    const { s3 } = testS3()
    s3.fault({ effect: refusal })
    await s3.reset()

    expect((await s3.fetch(await put('a'))).status).toBe(200)
  })

  it('nothing when its rule cannot work', () => {
    const { s3 } = testS3()
    const rule = {
      operation: 'PutObjekt',
      partNumber: 1.5,
      nth: 0,
      times: -1,
      effect: { kind: 'close-after', bytes: 0.5 },
    } as unknown as FaultRule

    expect(() => s3.fault(rule)).toThrow(
      /"PutObjekt".*partNumber: 1\.5.*nth: 0.*times: -1.*bytes: 0\.5/,
    )
  })

  for (const effect of [
    { kind: 'explode' },
    { kind: 'refuse', code: 'Tired' },
    { kind: 'refuse', code: 'SlowDown', status: 99 },
    { kind: 'refuse', code: 'SlowDown', status: 204 },
    { kind: 'delay', delayMs: 2 ** 31 },
    { kind: 'stall-after' },
    { kind: 'stall-after', fraction: 1.5 },
    { kind: 'close-after', bytes: 1, fraction: 0.5 },
    { kind: 'slow-line', bytesPerSecond: 0 },
    { kind: 'slow-line', roundTripMs: -1 },
    { kind: 'clock', aheadSeconds: Number.NaN },
    { kind: 'empty-answer', work: 'half' },
  ]) {
    it(`nothing with the effect ${JSON.stringify(effect)}`, () => {
      const { s3 } = testS3()

      expect(() => s3.fault({ effect: effect as FaultEffect })).toThrow(TypeError)
    })
  }
})
