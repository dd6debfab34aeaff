// @vitest-environment node
import type { FaultRule } from 's3-direct-upload/testing'
import { describe, expect, it, vi } from 'vitest'
import { NetworkError } from '../../src/upload/errors/upload-error.js'
import { createSite, fileOf, isStoredExactly, mebibyte, openPage } from '../support/engine.js'
import { rewritableFile } from '../support/test-files.js'

const file = fileOf(22 * mebibyte)

/** Uploads a file of five parts while something fails; tells what S3 was asked for and what came out. */
async function uploadWith(
  rules: readonly FaultRule[],
  options: Parameters<typeof openPage>[1] = {},
) {
  const site = createSite()
  for (const rule of rules) site.s3.fault(rule)
  const page = openPage(site, options)
  await page.engine.upload(page.add(file))
  const record = page.store.get('film.bin')
  const isExact =
    record?.status === 'complete' && (await isStoredExactly(site, record.object.key, file))
  return { site, record, isExact, ...page }
}

const timesSent = (parts: readonly { readonly partNumber?: number }[]) =>
  [1, 2, 3, 4, 5].map((number) => parts.filter(({ partNumber }) => partNumber === number).length)

describe('a part', () => {
  it.each<[string, FaultRule['effect']]>([
    [
      'whose URL has expired',
      { kind: 'refuse', code: 'AccessDenied', message: 'Request has expired' },
    ],
    ['that is refused with ExpiredToken', { kind: 'refuse', code: 'ExpiredToken' }],
    ['that is refused for a wrong clock', { kind: 'refuse', code: 'RequestTimeTooSkewed' }],
  ])('%s is signed again and sent again, and no other is', async (_name, effect) => {
    const { site, isExact, asked } = await uploadWith([
      { operation: 'UploadPart', partNumber: 3, nth: 1, effect },
    ])

    expect(isExact).toBe(true)
    expect(timesSent(site.operations('UploadPart'))).toEqual([1, 1, 2, 1, 1])
    expect(asked('sign-parts')).toMatchObject([{ parts: [{ partNumber: 3 }] }])
  })

  it.each<[string, FaultRule['effect']]>([
    ['RequestTimeout', { kind: 'refuse', code: 'RequestTimeout' }],
    ['InternalError', { kind: 'refuse', code: 'InternalError' }],
    ['SlowDown', { kind: 'refuse', code: 'SlowDown' }],
    ['a closed connection', { kind: 'close-after', fraction: 0.5 }],
    ['a lost answer', { kind: 'lose-answer' }],
  ])('that meets %s is sent again, and no other is', async (_name, effect) => {
    const { site, isExact } = await uploadWith([
      { operation: 'UploadPart', partNumber: 3, nth: 1, times: 2, effect },
    ])

    expect(isExact).toBe(true)
    expect(timesSent(site.operations('UploadPart'))).toEqual([1, 1, 3, 1, 1])
  })

  it('that is refused for good fails the file with S3’s own words, at once', async () => {
    const { site, record } = await uploadWith([
      {
        operation: 'UploadPart',
        partNumber: 3,
        effect: { kind: 'refuse', code: 'AccessDenied', message: 'Not for you' },
      },
    ])

    expect(record).toMatchObject({
      status: 'failed',
      error: { storageCode: 'AccessDenied', message: expect.stringContaining('Not for you') },
    })
    expect(timesSent(site.operations('UploadPart'))[2]).toBe(1)
  })

  it('that is always refused as expired is signed again once', async () => {
    const { site, record } = await uploadWith([
      {
        operation: 'UploadPart',
        partNumber: 3,
        effect: { kind: 'refuse', code: 'AccessDenied', message: 'Request has expired' },
      },
    ])

    expect(record?.status).toBe('failed')
    expect(timesSent(site.operations('UploadPart'))[2]).toBe(2)
  })

  it('goes through after 45 seconds of refusals', async () => {
    const site = createSite()
    const until = site.clock.ms + 45_000
    site.s3.fault({
      operation: 'UploadPart',
      effect: () =>
        site.clock.ms < until ? { kind: 'refuse', code: 'ServiceUnavailable' } : undefined,
    })
    const { store, engine, add } = openPage(site)

    await engine.upload(add(file))

    expect(store.get('film.bin')?.status).toBe('complete')
  })

  it('that stops moving is sent again', async () => {
    let stalled = 0
    const { isExact } = await uploadWith([], {
      async onSend(send, { url }) {
        if (!url.includes('partNumber=2&') || stalled > 0) return await send()
        stalled += 1
        throw new NetworkError('stopped moving', { code: 'stalled' })
      },
    })

    expect(isExact).toBe(true)
  })
})

it('sends parts whose URLs grow old while others are sent with fresh ones', async () => {
  const site = createSite({ signatureLifetimeSeconds: 60 })
  const { store, engine, add } = openPage(site, {
    concurrency: 1,
    async onSend(send) {
      const answer = await send()
      site.clock.ms += 10 * 60_000
      return answer
    },
  })

  await engine.upload(add(fileOf(60 * mebibyte)))

  expect(store.get('film.bin')?.status).toBe('complete')
  const parts = site.operations('UploadPart')
  expect(parts.filter(({ status }) => status !== 200)).toEqual([])
})

it('lets fewer requests run at once while S3 is overtaxed, and more again later', async () => {
  const site = createSite()
  let running = 0
  let latest = 0
  const together: number[] = []
  site.s3.fault({
    operation: 'UploadPart',
    times: 3,
    effect: { kind: 'refuse', code: 'SlowDown' },
  })
  const { store, engine, add } = openPage(site, {
    concurrency: 6,
    async onSend(send) {
      running += 1
      together.push(running)
      latest = performance.now()
      // All that may run at once run at once, however busy the machine is.
      await vi.waitFor(() => expect(performance.now() - latest).toBeGreaterThan(150), 10_000)
      site.clock.ms += 2000
      return await send().finally(() => {
        running -= 1
      })
    },
  })

  await engine.upload(add(fileOf(120 * mebibyte)))

  expect(store.get('film.bin')?.status).toBe('complete')
  // Six at once; three are refused; the next begin when no more than three others run.
  const refused = together.slice(8, 12)
  expect(Math.max(...together.slice(0, 6))).toBe(6)
  expect(Math.min(...refused)).toBeLessThanOrEqual(3)
  expect(Math.max(...together.slice(12))).toBeGreaterThan(Math.min(...refused))
})

describe('offline', () => {
  it('for five minutes in the middle of a part is waited out, without an error or a click', async () => {
    const site = createSite()
    const statuses = new Set<string | undefined>()
    let sent = 0
    const page = openPage(site, {
      async onSend(send) {
        sent += 1
        if (sent === 2) {
          page.network.isOnline = false
          const back = site.clock.ms + 5 * 60_000
          const timer = setInterval(() => {
            if (site.clock.ms < back) return
            page.network.isOnline = true
            clearInterval(timer)
          })
        }
        return await send()
      },
    })
    page.store.subscribeTo('film.bin', () => statuses.add(page.store.get('film.bin')?.status))

    await page.engine.upload(page.add(file))

    expect(page.store.get('film.bin')?.status).toBe('complete')
    expect([...statuses]).not.toContain('failed')
  })

  it('for an hour before anything was signed is waited out as well', async () => {
    const site = createSite()
    const page = openPage(site)
    page.network.isOnline = false
    const back = site.clock.ms + 60 * 60_000
    const timer = setInterval(() => {
      if (site.clock.ms >= back) page.network.isOnline = true
    })

    await page.engine.upload(page.add(file))

    clearInterval(timer)
    expect(page.store.get('film.bin')?.status).toBe('complete')
  })
})

describe('completion', () => {
  it.each<[string, FaultRule['effect']]>([
    ['whose answer is lost', { kind: 'lose-answer' }],
    ['that answers 200 with an error', { kind: 'refuse', status: 200, code: 'InternalError' }],
    ['that answers 200 with nothing', { kind: 'empty-answer', work: 'skipped' }],
    ['that is done and answers nothing', { kind: 'empty-answer' }],
    ['that is told to slow down', { kind: 'refuse', code: 'SlowDown' }],
  ])('%s ends well, and no part is sent twice', async (_name, effect) => {
    const { site, isExact } = await uploadWith([
      { operation: 'CompleteMultipartUpload', nth: 1, effect },
    ])

    expect(isExact).toBe(true)
    expect(timesSent(site.operations('UploadPart'))).toEqual([1, 1, 1, 1, 1])
    expect(await site.openUploads()).toBe(0)
  })

  it('of an upload that S3 has lost begins a new one, once', async () => {
    const site = createSite()
    let sent = 0
    const page = openPage(site, {
      async onSend(send) {
        const answer = await send()
        sent += 1
        if (sent === 5) await site.s3.reset()
        return answer
      },
    })

    await page.engine.upload(page.add(file))

    const record = page.store.get('film.bin')
    const key = record?.status === 'complete' ? record.object.key : ''
    expect(await isStoredExactly(site, key, file)).toBe(true)
    expect(timesSent(site.operations('UploadPart'))).toEqual([2, 2, 2, 2, 2])
  })
})

describe('the signing endpoint', () => {
  it.each([
    ['is down twice', () => new Response('bad gateway', { status: 502 })],
    ['is not reached twice', () => Promise.reject(new TypeError('failed to fetch'))],
    [
      'asks to slow down twice',
      () =>
        Response.json(
          { error: { code: 'rate-limited', message: 'slow down', retryable: true } },
          { status: 429, headers: { 'retry-after': '2' } },
        ),
    ],
  ])('that %s at every operation delays the upload and no more', async (_name, failure) => {
    const site = createSite()
    const failed = new Map<string, number>()
    const page = openPage(site, {
      client: {
        fetch: async (url, init) => {
          const { operation } = JSON.parse(String(init?.body))
          failed.set(operation, (failed.get(operation) ?? 0) + 1)
          if ((failed.get(operation) ?? 0) <= 2) return await failure()
          return await site.handler(new Request(url, init))
        },
      },
    })

    await page.engine.upload(page.add(fileOf(100 * mebibyte)))

    expect(page.store.get('film.bin')?.status).toBe('complete')
    expect([...failed.keys()]).toEqual(['sign-uploads', 'sign-parts', 'complete-uploads'])
  })

  it('that begins an upload and loses the answer is asked again, and there is only one upload', async () => {
    const site = createSite()
    let lost = false
    const page = openPage(site, {
      client: {
        fetch: async (url, init) => {
          const answer = await site.handler(new Request(url, init))
          if (lost) return answer
          lost = true
          throw new TypeError('connection reset')
        },
      },
    })

    await page.engine.upload(page.add(file))

    expect(page.store.get('film.bin')?.status).toBe('complete')
    expect(site.operations('CreateMultipartUpload')).toHaveLength(1)
  })
})

describe('a file', () => {
  it('that was changed while it was sent fails with what to do about it', async () => {
    const { file: changing, rewrite } = rewritableFile(fileOf(22 * mebibyte))
    const site = createSite()
    const { store, engine, add } = openPage(site, {
      concurrency: 1,
      async onSend(send) {
        rewrite(fileOf(22 * mebibyte, { seed: 2 }))
        return await send()
      },
    })

    await engine.upload(add(changing))

    expect(store.get('film.bin')).toMatchObject({
      status: 'failed',
      error: { code: 'file-unreadable', message: expect.stringContaining('Choose it again') },
    })
  })

  it('whose slices come out empty is not stored as something shorter', async () => {
    const site = createSite()
    const emptied = fileOf(22 * mebibyte)
    const slice = emptied.slice.bind(emptied)
    emptied.slice = (start = 0, end) => (start >= 5 * mebibyte ? new Blob() : slice(start, end))
    const { store, engine, add } = openPage(site, { resumption: undefined })

    await engine.upload(add(emptied))

    expect(store.get('film.bin')).toMatchObject({
      status: 'failed',
      error: { code: 'file-unreadable' },
    })
    expect(site.operations('CompleteMultipartUpload')).toEqual([])
  })

  it('that can no longer be read is told apart from the network', async () => {
    const site = createSite()
    const gone = fileOf(22 * mebibyte)
    const { store, engine, add } = openPage(site, {
      resumption: undefined,
      async onSend(_send, { body }) {
        ;(body as Blob).slice = () => {
          const slice = new Blob()
          slice.arrayBuffer = () => Promise.reject(new DOMException('gone', 'NotReadableError'))
          return slice
        }
        throw new NetworkError('No answer.', { code: 'network' })
      },
    })

    await engine.upload(add(gone))

    expect(store.get('film.bin')).toMatchObject({
      status: 'failed',
      error: { code: 'file-unreadable' },
    })
  })
})

it.each([
  ['in one request', 1000],
  ['in parts', 11 * mebibyte],
])(
  'a file that changed while its last bytes were sent %s is not reported complete',
  async (_, size) => {
    // The browser would send checksums, and the storage knows none.
    const site = createSite({ checksums: false })
    const changing = fileOf(size)
    const slice = changing.slice.bind(changing)
    const { store, engine, add } = openPage(site, {
      resumption: undefined,
      wantsChecksums: () => true,
      async onSend(send) {
        const answer = await send()
        changing.slice = (...range) => {
          const bytes = slice(...range)
          bytes.arrayBuffer = () => Promise.reject(new DOMException('changed', 'NotReadableError'))
          return bytes
        }
        return answer
      },
    })

    await engine.upload(add(changing))

    expect(store.get('film.bin')).toMatchObject({
      status: 'failed',
      error: { code: 'file-unreadable' },
    })
  },
)

it('a file whose last part cannot be read says so, and is not asked for', async () => {
  const site = createSite()
  const { file: changing, rewrite } = rewritableFile(fileOf(12 * mebibyte))
  let sent = 0
  const { store, engine, add, asked } = openPage(site, {
    resumption: undefined,
    concurrency: 1,
    async onSend(send) {
      return await send().finally(() => {
        sent += 1
        if (sent === 2) rewrite(new Blob())
      })
    },
  })

  await engine.upload(add(changing))

  expect(store.get('film.bin')).toMatchObject({ error: { code: 'file-unreadable' } })
  expect(asked('complete-uploads')).toEqual([])
})

it('a pause at the very moment at which so many parts have failed ends them', async () => {
  const site = createSite()
  let isDown = true
  let waits = 0
  const page = openPage(site, {
    runtime: {
      sleep(_ms, signal) {
        waits += 1
        if (waits === 6) page.engine.pause('film.bin')
        return new Promise((_, reject) => {
          signal?.addEventListener('abort', () => reject(signal.reason))
          if (signal?.aborted) reject(signal.reason)
        })
      },
    },
    async onSend(send) {
      if (!isDown) return await send()
      throw new NetworkError('No answer.', { code: 'network' })
    },
  })

  const ended = page.engine.upload(page.add(fileOf(60 * mebibyte)))
  await vi.waitFor(() => expect(page.store.get('film.bin')?.status).toBe('paused'))
  await new Promise((resolve) => setTimeout(resolve, 20))
  isDown = false
  page.engine.resume('film.bin')

  await ended
  expect(page.store.get('film.bin')?.status).toBe('complete')
})

it('no further part is begun while several have failed', async () => {
  const site = createSite()
  const begun = new Set<string | null>()
  const line = Promise.withResolvers<void>()
  let isDown = true
  const page = openPage(site, {
    concurrency: 3,
    runtime: { sleep: () => line.promise },
    async onSend(send, { url }) {
      if (!isDown) return await send()
      begun.add(new URL(url).searchParams.get('partNumber'))
      throw new NetworkError('No answer.', { code: 'network' })
    },
  })

  const ended = page.engine.upload(page.add(fileOf(200 * mebibyte)))
  await vi.waitFor(() => expect(begun.size).toBeGreaterThanOrEqual(6))
  await new Promise((resolve) => setTimeout(resolve, 100))

  // Six of eighteen, and those that were on their way when the sixth failed.
  expect(begun.size).toBeLessThanOrEqual(8)
  isDown = false
  line.resolve()
  await ended
  expect(page.store.get('film.bin')?.status).toBe('complete')
})
