import { expect, it, vi } from 'vitest'
import { systemRuntime } from '../../../src/async/runtime.js'
import { NetworkError } from '../../../src/upload/errors/upload-error.js'
import { createSite, fileOf, mebibyte, openPage } from '../../support/engine.js'

/** A page whose clock stands still, and whose line breaks under the first requests. */
function openBreakingPage({ breaks }: { readonly breaks: number }) {
  const site = createSite()
  let sends = 0
  const page = openPage(site, {
    runtime: { sleep: systemRuntime.sleep },
    onSend: async (send) => {
      sends += 1
      if (sends <= breaks) throw new NetworkError('No answer.', { code: 'network' })
      return await send()
    },
  })
  return { site, page }
}

it('a record says when its upload is tried again, and the user may not want to wait', async () => {
  const { site, page } = openBreakingPage({ breaks: 1 })
  const id = page.add(fileOf(200))
  const end = page.engine.upload(id)
  await vi.waitFor(() => expect(page.store.get(id)).toMatchObject({ retryAt: expect.any(Number) }))

  const record = page.store.get(id)
  expect(record).toMatchObject({
    status: 'waiting',
    reason: 'retry',
    lastError: { code: 'network' },
  })
  expect(record).toHaveProperty('retryAt', expect.closeTo(site.clock.ms + 500, -4))
  page.engine.retryNow(id)
  await end

  expect(page.store.get(id)?.status).toBe('complete')
})

it('so does the record of a file that goes in parts, while none of them moves', async () => {
  const { site, page } = openBreakingPage({ breaks: 2 })
  const id = page.add(fileOf(6 * mebibyte))
  const seen: number[] = []
  page.store.subscribeTo(id, () => {
    const record = page.store.get(id)
    if (record?.status === 'waiting' && record.retryAt) seen.push(record.retryAt)
  })

  await page.engine.upload(id)

  expect(page.store.get(id)?.status).toBe('complete')
  expect(seen[0]).toBeGreaterThan(site.clock.ms)
})

it('a complete record says whether S3 has compared the bytes with checksums', async () => {
  const verified = openPage(createSite(), { wantsChecksums: () => true })
  const plain = openPage(createSite(), { wantsChecksums: () => false })

  const states = []
  for (const page of [verified, plain]) {
    for (const [name, size] of [
      ['a', 200],
      ['b', 6 * mebibyte],
    ] as const) {
      const id = page.add(fileOf(size, { name }))
      await page.engine.upload(id)
      states.push(page.store.get(id))
    }
  }

  expect(states).toMatchObject([
    { status: 'complete', isVerified: true },
    { status: 'complete', isVerified: true },
    { status: 'complete', isVerified: false },
    { status: 'complete', isVerified: false },
  ])
})
