// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { createSite, fileOf, mebibyte, openPage } from '../support/engine.js'

const settle = (ms = 50) => new Promise((resolve) => setTimeout(resolve, ms))

describe('a pause while parts are retried', () => {
  it('shows paused, and not waiting or uploading, until it is resumed', async () => {
    const site = createSite()
    const statuses: string[] = []
    const page = openPage(site, {
      async onSend(_send, { signal }) {
        sends += 1
        if (sends === 3) {
          queueMicrotask(() => page.engine.pause(id))
          setTimeout(() => {
            page.store.subscribeTo(id, () => statuses.push(page.store.get(id)?.status ?? ''))
          }, 100)
        }
        await settle(10)
        signal.throwIfAborted()
        return { status: 503, body: '<Error><Code>SlowDown</Code></Error>' }
      },
    })
    let sends = 0
    const id = page.add(fileOf(30 * mebibyte))
    void page.engine.upload(id)
    await settle(800)
    expect(page.store.get(id)?.status).toBe('paused')
    expect(statuses.filter((status) => status !== 'paused')).toEqual([])
    page.engine.destroy()
  })
})

describe('a file that is paused and resumed while the signing endpoint does not answer', () => {
  it('no longer says paused', async () => {
    const site = createSite()
    const page = openPage(site, { client: { fetch: () => new Promise(() => {}) } })
    const id = page.add(fileOf(1000))
    void page.engine.upload(id)
    await settle(20)
    page.engine.pause(id)
    await settle(20)
    page.engine.resume(id)
    await settle(50)
    expect(page.store.get(id)?.status).toBe('waiting')
    page.engine.destroy()
  })
})
