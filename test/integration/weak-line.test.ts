// @vitest-environment node
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createSite, fileOf, isStoredExactly, mebibyte, openPage } from '../support/engine.js'
import { VirtualLine, type VirtualLineOptions } from '../support/virtual-line.js'

// Minutes of a line are many steps.
vi.setConfig({ testTimeout: 60_000 })

beforeEach(() => {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'],
  })
})

afterEach(() => {
  vi.useRealTimers()
})

const realTime = {
  now: () => performance.now(),
  random: () => 0.5,
  sleep: (ms: number, signal?: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      const timer = setTimeout(resolve, ms)
      signal?.addEventListener('abort', () => {
        clearTimeout(timer)
        reject(signal.reason)
      })
    }),
}

/** Uploads files over a line, to a server with its default sizes, and tells what came out. */
async function uploadOver(
  lineOptions: VirtualLineOptions,
  files: readonly File[],
  {
    seconds = 400,
    signing = {},
    prepare = () => {},
  }: {
    readonly seconds?: number
    readonly signing?: Parameters<typeof createSite>[0]
    readonly prepare?: (site: ReturnType<typeof createSite>) => void
  } = {},
) {
  const site = createSite({ multipartThreshold: '32MiB', partSize: '8MiB', ...signing })
  prepare(site)
  const line = new VirtualLine(lineOptions)
  const page = openPage(site, { onSend: line.carry, runtime: realTime })
  const done = Promise.all(files.map((file) => page.engine.upload(page.add(file))))
  await line.runUntil(done, seconds)
  line.end()
  const records = files.map(({ name }) => page.store.get(name))
  const areExact = await Promise.all(
    records.map(async (record, index) => {
      const file = files[index]
      if (record?.status !== 'complete' || !file) return false
      return await isStoredExactly(site, record.object.key, file)
    }),
  )
  const total = files.reduce((sum, { size }) => sum + size, 0)
  return {
    site,
    page,
    records,
    statuses: records.map((record) => record?.status),
    isExact: areExact.every(Boolean),
    times: line.sentBytes / total,
    seconds: line.elapsedSeconds,
    openUploads: await site.openUploads(),
  }
}

const weak = { bytesPerSecond: 600_000, cutEverySeconds: 12 }

describe('on a line of 0.6 MB/s that breaks each 12 seconds', () => {
  it('three parts of 5 MiB go up, of which six at once never would', async () => {
    const { isExact, seconds } = await uploadOver(weak, [fileOf(15 * mebibyte)], {
      signing: { multipartThreshold: '5MiB', partSize: '5MiB' },
    })

    expect(isExact).toBe(true)
    expect(seconds).toBeLessThan(95)
  })

  it('a file whose parts are larger than what passes between two breaks begins anew with smaller ones', async () => {
    const { isExact, site, page, openUploads } = await uploadOver(weak, [fileOf(40 * mebibyte)])

    expect(isExact).toBe(true)
    expect(page.asked('sign-uploads').at(-1)).toMatchObject({
      files: [{ partSizeBytes: 5 * mebibyte }],
      attempt: 2,
    })
    expect(site.operations('AbortMultipartUpload').length).toBeGreaterThan(0)
    expect(openUploads).toBe(0)
    expect(await site.resumeStore.list('http://app.test/api/s3')).toEqual([])
  })

  it('a file of 10 MiB, which goes whole, is cut into parts by itself', async () => {
    const { isExact, times } = await uploadOver(weak, [fileOf(10 * mebibyte)])

    expect(isExact).toBe(true)
    expect(times).toBeLessThan(5)
  })

  it('so does one behind a service worker, where no progress is seen', async () => {
    const { isExact } = await uploadOver({ ...weak, reportsProgress: false }, [
      fileOf(10 * mebibyte),
    ])

    expect(isExact).toBe(true)
  })

  it('two files at once go up', async () => {
    const files = [fileOf(12 * mebibyte), fileOf(9 * mebibyte, { name: 'b', seed: 2 })]

    expect((await uploadOver(weak, files)).isExact).toBe(true)
  })

  it('thirty files of 1 MB go up, and few of them twice', async () => {
    const files = Array.from({ length: 30 }, (_, seed) =>
      fileOf(1_000_000, { name: `${seed}.bin`, seed }),
    )
    const { isExact, times, seconds } = await uploadOver(weak, files)

    expect(isExact).toBe(true)
    expect(times).toBeLessThan(1.8)
    expect(seconds).toBeLessThan(100)
  })
})

describe('a file of 22 MiB at 0.6 MB/s with a break each 30 seconds', () => {
  const line = { bytesPerSecond: 600_000, cutEverySeconds: 30 }
  const file = fileOf(22 * mebibyte)

  it.each([
    ['by POST', 'POST'],
    ['by PUT', 'PUT'],
  ] as const)('%s is asked for, then signed anew in parts of 5 MiB', async (_name, method) => {
    const { isExact, page, times } = await uploadOver(line, [file], { signing: { method } })

    expect(isExact).toBe(true)
    expect(times).toBeLessThan(5)
    expect(page.network.asked.slice(0, 3)).toMatchObject([
      { operation: 'sign-uploads', attempt: 1 },
      { operation: 'complete-uploads' },
      { operation: 'sign-uploads', files: [{ inParts: true, partSizeBytes: 5 * mebibyte }] },
    ])
  })

  it('goes in parts too where the browser sends nothing again by itself, and each part has a checksum', async () => {
    const site = createSite({ multipartThreshold: '32MiB' })
    const virtual = new VirtualLine({ ...line, isSentAgainUnheard: false })
    const page = openPage(site, {
      onSend: virtual.carry,
      runtime: realTime,
      wantsChecksums: () => true,
    })
    const done = page.engine.upload(page.add(file))
    await virtual.runUntil(done, 300)
    virtual.end()

    expect(page.store.get(file.name)?.status).toBe('complete')
    expect(page.asked('sign-parts')[0]?.parts[0]?.checksum).toBeDefined()
  })

  it('goes whole as ever where the server sends no file in parts, and says what is wrong in the end', async () => {
    const { page, records } = await uploadOver(line, [file], {
      signing: { multipartThreshold: false },
      seconds: 3000,
    })

    expect(page.asked('sign-uploads').at(-1)?.files[0]).toMatchObject({ inParts: true })
    expect(records[0]).toMatchObject({ status: 'failed', error: { code: 'network' } })
  })

  it('goes whole where the storage can begin no upload in parts', async () => {
    const { isExact } = await uploadOver(
      { bytesPerSecond: 1_000_000, cutEverySeconds: 20 },
      [fileOf(15 * mebibyte)],
      {
        prepare: ({ s3 }) =>
          s3.fault({
            operation: 'CreateMultipartUpload',
            effect: { kind: 'refuse', code: 'NotImplemented' },
          }),
      },
    )

    expect(isExact).toBe(true)
  })
})

describe('while the storage answers 503 to whole bodies for minutes', () => {
  const busy =
    (seconds: number) =>
    ({ s3 }: ReturnType<typeof createSite>) => {
      const begun = performance.now()
      const effect = () =>
        performance.now() - begun < seconds * 1000
          ? ({ kind: 'refuse', code: 'SlowDown' } as const)
          : undefined
      for (const operation of ['PostObject', 'UploadPart'] as const) s3.fault({ operation, effect })
    }

  it('one small part finds out whether it still is, instead of all', async () => {
    const files = [fileOf(10 * mebibyte), fileOf(15 * mebibyte, { name: 'b', seed: 2 })]
    const { isExact, times } = await uploadOver({ bytesPerSecond: 10_000_000 }, files, {
      seconds: 900,
      prepare: busy(278),
    })

    expect(isExact).toBe(true)
    expect(times).toBeLessThan(7)
  })
})
