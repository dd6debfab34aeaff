// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { createSigningClient } from '../../src/upload/endpoint/signing-client.js'
import { NetworkError } from '../../src/upload/errors/upload-error.js'
import { createSite, fileOf, isStoredExactly, mebibyte, openPage } from '../support/engine.js'

const lost = () => new NetworkError('No answer.', { code: 'network' })

/** A file that has no answer is in the bucket in the end: reported as such, and not as failed. */
async function expectComplete(
  site: ReturnType<typeof createSite>,
  page: ReturnType<typeof openPage>,
  file: File,
): Promise<void> {
  const record = page.store.get(file.name)
  expect(record?.status === 'failed' ? record.error : record?.status).toBe('complete')
  if (record?.status !== 'complete') return
  expect(await isStoredExactly(site, record.object.key, file)).toBe(true)
}

describe('before a file is called failed, the endpoint is asked once more', () => {
  it('for a whole file that arrives after the line broke, while all later attempts are refused', async () => {
    const file = fileOf(mebibyte)
    const site = createSite()
    let sent = 0
    const page = openPage(site, {
      async onSend(send, request) {
        sent += 1
        if (sent > 1) {
          await late
          return { status: 403, body: '<Error><Code>AccessDenied</Code></Error>' }
        }
        const { signal } = new AbortController()
        late = new Promise((resolve) => setTimeout(resolve, 50)).then(() =>
          send({ ...request, signal, onProgress: () => {} }),
        )
        request.onProgress(mebibyte, mebibyte)
        throw lost()
      },
    })
    let late: Promise<unknown> | undefined

    await page.engine.upload(page.add(file))

    await expectComplete(site, page, file)
  })

  it('for a whole file that was stored behind a gateway that gave up', async () => {
    const file = fileOf(mebibyte)
    const site = createSite()
    const page = openPage(site, {
      policy: { budgetSeconds: 20 },
      async onSend(send) {
        await send()
        return { status: 504, body: '<html>Gateway Time-out</html>' }
      },
    })

    await page.engine.upload(page.add(file))

    await expectComplete(site, page, file)
  })

  it('for parts whose answers are all lost', async () => {
    const file = fileOf(12 * mebibyte)
    const site = createSite()
    const page = openPage(site, {
      policy: { budgetSeconds: 20 },
      async onSend(send) {
        await send()
        throw lost()
      },
    })

    await page.engine.upload(page.add(file))

    await expectComplete(site, page, file)
  })

  it('and a file that is nowhere fails with its own error', async () => {
    const file = fileOf(12 * mebibyte)
    const site = createSite()
    const page = openPage(site, {
      policy: { budgetSeconds: 20 },
      onSend: async (_send, request) => {
        request.onProgress(1000, 5 * mebibyte)
        throw lost()
      },
    })

    await page.engine.upload(page.add(file))

    expect(page.store.get(file.name)).toMatchObject({
      status: 'failed',
      error: { code: 'network' },
    })
    expect(page.asked('list-parts').length).toBeGreaterThan(0)
  })
})

it('no part is sent once more to an upload that is gone, and the others stop', async () => {
  const file = fileOf(30 * mebibyte)
  const site = createSite()
  const tries = new Map<string, number>()
  const { signal } = new AbortController()
  const client = createSigningClient({
    endpoint: 'http://app.test/api/s3',
    fetch: (url, init) => site.handler(new Request(url, init)),
  })
  const page = openPage(site, {
    async onSend(send, { url }) {
      const query = new URL(url).searchParams
      const part = `${query.get('uploadId')} ${query.get('partNumber')}`
      if (tries.size === 0) {
        const files = page.asked('sign-uploads').flatMap((request) => request.files)
        const [signed] = await client.signUploads(files, { attempt: 2, signal })
        if (signed && 'token' in signed) await client.abortUploads([signed.token], { signal })
      }
      tries.set(part, (tries.get(part) ?? 0) + 1)
      return await send()
    },
  })

  await page.engine.upload(page.add(file))

  await expectComplete(site, page, file)
  expect(Math.max(...tries.values())).toBe(1)
})
