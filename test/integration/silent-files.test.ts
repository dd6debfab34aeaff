// @vitest-environment node
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { NetworkError } from '../../src/upload/errors/upload-error.js'
import { createSite, fileOf, isStoredExactly, mebibyte, openPage } from '../support/engine.js'
import { fileOnDrive } from '../support/test-files.js'

beforeEach(() => {
  // What is real are reads, hashes and the bucket: only waiting is quick.
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout'],
    shouldAdvanceTime: true,
    advanceTimeDelta: 50,
  })
})
afterEach(() => {
  vi.useRealTimers()
})

const checksums = { wantsChecksums: () => true }

async function pass(seconds: number): Promise<void> {
  for (let step = 0; step < seconds * 4; step += 1) await vi.advanceTimersByTimeAsync(250)
}

describe.each([
  ['with checksums', checksums],
  ['without checksums', {}],
])('%s', (_, options) => {
  it.each([
    ['small', 10_000, 12],
    ['of one request', 2 * mebibyte, 12],
    ['in parts', 22 * mebibyte, 8],
  ])(
    'files that do not answer, %s, hold up no other, say so after ten seconds and go on by themselves',
    async (_kind, size, count) => {
      const page = openPage(createSite(), options)
      const drives = Array.from({ length: count }, (_unused, index) =>
        fileOnDrive(fileOf(size, { name: `share${index}.bin` })),
      )
      for (const drive of drives) drive.goAway()
      const shared = drives.map(({ file }) => page.engine.upload(page.add(file)))
      await pass(2)
      const local = [
        fileOf(200_000, { name: 'small.bin' }),
        fileOf(11 * mebibyte, { name: 'large.bin' }),
      ]
      const done = local.map((file) => page.engine.upload(page.add(file)))
      await pass(9)
      await Promise.all(done)

      expect(local.map(({ name }) => page.store.get(name)?.status)).toEqual([
        'complete',
        'complete',
      ])
      await pass(12)
      expect(page.store.get('share0.bin')).toMatchObject({
        status: 'waiting',
        lastError: { code: 'file-not-answering', retryable: true },
      })

      for (const drive of drives) drive.comeBack()
      await pass(2)
      await Promise.all(shared)
      expect(page.store.summary.counts.complete).toBe(count + 2)
    },
    60_000,
  )
})

it('a drive that goes away while a file is sent gives its slot to others, and the upload goes on later', async () => {
  const site = createSite()
  const drive = fileOnDrive(fileOf(22 * mebibyte))
  let sent = 0
  const page = openPage(site, {
    concurrency: 1,
    onSend(send, request) {
      sent += 1
      if (sent !== 3) return send()
      drive.goAway()
      // The browser waits for bytes.
      return new Promise((_, reject) => {
        request.signal.addEventListener('abort', () => reject(request.signal.reason))
      })
    },
  })
  const uploading = page.engine.upload(page.add(drive.file))
  await vi.waitFor(() => expect(sent).toBe(3))
  await pass(10)
  await page.engine.upload(page.add(fileOf(1000, { name: 'other.bin' })))

  expect(page.store.get('other.bin')?.status).toBe('complete')
  expect(page.store.get('film.bin')).toMatchObject({
    status: 'waiting',
    lastError: { code: 'file-not-answering' },
  })

  drive.comeBack()
  await pass(2)
  await uploading
  const record = page.store.get('film.bin')
  expect(record?.status).toBe('complete')
  expect(
    record?.status === 'complete' && (await isStoredExactly(site, record.object.key, drive.file)),
  ).toBe(true)
}, 60_000)

it.each(['pause and resume', 'cancel'])(
  'a file that does not answer hears of %s',
  async (what) => {
    const page = openPage(createSite(), checksums)
    const drive = fileOnDrive(fileOf(11 * mebibyte))
    drive.goAway()
    const uploading = page.engine.upload(page.add(drive.file))
    await pass(11)
    if (what === 'cancel') {
      page.engine.cancel('film.bin')
      await uploading
      expect(page.engine.isUploading('film.bin')).toBe(false)
      return
    }
    page.engine.pause('film.bin')
    await pass(1)
    expect(page.store.get('film.bin')?.status).toBe('paused')
    page.engine.resume('film.bin')
    drive.comeBack()
    await pass(2)
    await uploading
    expect(page.store.get('film.bin')?.status).toBe('complete')
  },
  60_000,
)

it('a file that cannot be read for a moment, such as in a page that is being left, goes on', async () => {
  const page = openPage(createSite())
  const file = fileOf(11 * mebibyte)
  const { slice } = file
  let cuts = 0
  file.slice = (...range) => {
    cuts += 1
    if (cuts !== 12) return slice.apply(file, range)
    return Object.assign(slice.apply(file, range), {
      arrayBuffer: () => Promise.reject(new DOMException('left', 'NotReadableError')),
    })
  }
  const uploading = page.engine.upload(page.add(file))
  await pass(3)
  await uploading

  expect(cuts).toBeGreaterThan(12)
  expect(page.store.get('film.bin')?.status).toBe('complete')
}, 60_000)

it('a drive that goes away before a file without an answer is looked for says so, and the file goes up once', async () => {
  const site = createSite()
  const drive = fileOnDrive(fileOf(2 * mebibyte))
  let sent = 0
  const page = openPage(site, {
    async onSend(send) {
      sent += 1
      await send()
      drive.goAway()
      throw new NetworkError('no answer', { code: 'network' })
    },
  })
  const uploading = page.engine.upload(page.add(drive.file))
  await pass(16)

  expect(page.store.get('film.bin')).toMatchObject({
    status: 'waiting',
    lastError: { code: 'file-not-answering' },
  })

  drive.comeBack()
  await pass(2)
  await uploading
  expect(page.store.get('film.bin')?.status).toBe('complete')
  expect(sent).toBe(1)
}, 60_000)

it.each([
  ['while it is hashed', checksums],
  ['while it is sent', {}],
])(
  'a file whose read hangs %s, though it can be read no longer, has failed',
  async (_, options) => {
    const file = fileOf(80 * mebibyte)
    const { slice } = file
    let isChanged = false
    const page = openPage(createSite(), {
      ...options,
      onSend(send) {
        isChanged = true
        return send()
      },
    })
    file.slice = (...range) => {
      const bytes = slice.apply(file, range)
      if (isChanged) {
        bytes.arrayBuffer = () =>
          bytes.size === 1
            ? Promise.reject(new DOMException('changed', 'NotReadableError'))
            : new Promise(() => undefined)
        bytes.stream = () => new ReadableStream()
      }
      return bytes
    }
    const uploading = page.engine.upload(page.add(file))
    await vi.waitFor(() => expect(isChanged).toBe(true), 10_000)
    await pass(20)
    await uploading

    expect(page.store.get('film.bin')).toMatchObject({
      status: 'failed',
      error: { code: 'file-unreadable' },
    })
  },
  60_000,
)
