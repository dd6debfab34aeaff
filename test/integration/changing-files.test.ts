// @vitest-environment node
import { expect, it } from 'vitest'
import { createSite, fileOf, isStoredExactly, mebibyte, openPage } from '../support/engine.js'
import { rewritableFile } from '../support/test-files.js'

const size = 22 * mebibyte

/** The bytes of a file, but for some. */
async function edited(file: File, start: number, end: number): Promise<Blob> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  return new Blob([bytes.map((byte, index) => (index >= start && index < end ? byte ^ 1 : byte))])
}

const checksums = { wantsChecksums: () => true }

const changes = [
  ['is replaced by one of the same size', async () => fileOf(size, { seed: 2 })],
  ['changes in the middle of a part', (file: File) => edited(file, 6 * mebibyte, 9 * mebibyte)],
  ['changes at the end of a part', (file: File) => edited(file, 5 * mebibyte - 10, 5 * mebibyte)],
  ['becomes shorter', async (file: File) => file.slice(0, size - 1)],
] as const

const changesWithin = [
  ...changes.map((change) => [...change, 'no checksums', {}] as const),
  ...changes.map((change) => [...change, 'checksums', checksums] as const),
  [
    'changes by one byte',
    (file: File) => edited(file, 3_000_000, 3_000_001),
    'checksums',
    checksums,
  ] as const,
]

it.each(changesWithin)(
  'a file that %s while its parts travel is not completed, with %3$s',
  async (_, change, _how, options) => {
    const site = createSite()
    const chosen = fileOf(size)
    const after = await change(chosen)
    const { file, rewrite } = rewritableFile(chosen)
    let sent = 0
    const { store, engine, add, asked } = openPage(site, {
      ...options,
      concurrency: 1,
      async onSend(send) {
        const answer = await send()
        sent += 1
        if (sent === 2) rewrite(after)
        return answer
      },
    })

    await engine.upload(add(file))

    expect(store.get('film.bin')).toMatchObject({
      status: 'failed',
      error: { code: 'file-unreadable', message: expect.stringContaining('Choose it again') },
    })
    expect(asked('complete-uploads')).toEqual([])
  },
)

it('what was sent of a file that has changed is removed, and trying again sends all of it', async () => {
  const site = createSite()
  const { file, rewrite } = rewritableFile(fileOf(size))
  const after = fileOf(size, { seed: 2 })
  let sent = 0
  const { store, engine, add } = openPage(site, {
    concurrency: 1,
    async onSend(send) {
      const answer = await send()
      sent += 1
      if (sent === 2) rewrite(after)
      return answer
    },
  })
  await engine.upload(add(file))
  await expect.poll(() => site.openUploads()).toBe(0)
  expect(store.get('film.bin')).toMatchObject({
    error: { message: expect.stringContaining('has changed') },
  })

  await engine.upload('film.bin')

  const record = store.get('film.bin')
  expect(record?.status).toBe('complete')
  expect(
    record?.status === 'complete' && (await isStoredExactly(site, record.object.key, after)),
  ).toBe(true)
})

it('a file that changes while its upload is paused is not completed', async () => {
  const site = createSite()
  const { file, rewrite } = rewritableFile(fileOf(size))
  let sent = 0
  const page = openPage(site, {
    concurrency: 1,
    async onSend(send) {
      const answer = await send()
      sent += 1
      if (sent === 2) page.engine.pause('film.bin')
      return answer
    },
  })
  const uploading = page.engine.upload(page.add(file))
  await expect.poll(() => page.store.get('film.bin')?.status).toBe('paused')
  rewrite(fileOf(size, { seed: 2 }))

  page.engine.resume('film.bin')
  await uploading

  expect(page.store.get('film.bin')).toMatchObject({
    status: 'failed',
    error: { code: 'file-unreadable' },
  })
})

it('a file whose date alone moves is complete', async () => {
  const site = createSite()
  const file = fileOf(size)
  let reads = 0
  Object.defineProperty(file, 'lastModified', { get: () => ++reads })
  const { store, engine, add } = openPage(site)

  await engine.upload(add(file))

  expect(store.get('film.bin')?.status).toBe('complete')
})

it.each(['POST', 'PUT'] as const)(
  'a file that changes while it goes by one %s without a checksum is not confirmed',
  async (method) => {
    const site = createSite({ method })
    const { file, rewrite } = rewritableFile(fileOf(mebibyte))
    const { store, engine, add, asked } = openPage(site, {
      async onSend(send) {
        rewrite(fileOf(mebibyte, { seed: 2 }))
        return await send()
      },
    })

    await engine.upload(add(file))

    expect(store.get('film.bin')).toMatchObject({
      status: 'failed',
      error: { code: 'file-unreadable' },
    })
    expect(asked('complete-uploads')).toEqual([])
  },
)

it.each([
  ['no checksum', {}],
  ['its checksum', checksums],
])('a file that had grown before its upload has changed, with %s', async (_, options) => {
  const site = createSite()
  const { file, rewrite } = rewritableFile(fileOf(20_000))
  rewrite(fileOf(25_000))
  const { store, engine, add } = openPage(site, options)

  await engine.upload(add(file))

  expect(store.get('film.bin')).toMatchObject({
    status: 'failed',
    error: { code: 'file-unreadable' },
  })
})

it('a file that S3 finds too large has changed if it is longer by now', async () => {
  const site = createSite()
  const { file, rewrite } = rewritableFile(fileOf(mebibyte))
  const { store, engine, add } = openPage(site, {
    async onSend() {
      rewrite(fileOf(2 * mebibyte))
      return {
        status: 400,
        body: '<Error><Code>EntityTooLarge</Code><Message>Too large</Message></Error>',
      }
    },
  })

  await engine.upload(add(file))

  expect(store.get('film.bin')).toMatchObject({
    status: 'failed',
    error: { code: 'file-unreadable', message: expect.stringContaining('has changed') },
  })
})

it('a file of which a browser sends more than it says has changed', async () => {
  const site = createSite({ method: 'POST' })
  const { store, engine, add } = openPage(site, {
    // WebKit compares whole seconds, and sends what is on the disk.
    onSend: (send, request) => {
      const form = new FormData()
      for (const [name, value] of request.body instanceof FormData ? request.body : []) {
        form.append(name, typeof value === 'string' ? value : new Blob([value, 'more']))
      }
      return send({ ...request, body: form })
    },
  })

  await engine.upload(add(fileOf(1000)))

  expect(store.get('film.bin')).toMatchObject({
    status: 'failed',
    error: { code: 'file-unreadable', message: expect.stringContaining('has changed') },
  })
})

it('a file that the storage finds too large for itself is called that', async () => {
  const site = createSite()
  const { store, engine, add } = openPage(site, {
    onSend: async () => ({ status: 400, body: '<Error><Code>EntityTooLarge</Code></Error>' }),
  })

  await engine.upload(add(fileOf(mebibyte)))

  expect(store.get('film.bin')).toMatchObject({ error: { code: 'file-too-large' } })
})
