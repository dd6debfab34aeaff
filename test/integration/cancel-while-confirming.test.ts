// @vitest-environment node
import { describe, expect, it, vi } from 'vitest'
import { createSite, fileOf, mebibyte, openPage } from '../support/engine.js'

type Page = ReturnType<typeof openPage>

const sizes: [string, number][] = [
  ['in parts', 6 * mebibyte],
  ['in one request', 5000],
]

const removals: [string, (page: Page, id: string) => void][] = [
  ['is cancelled', (page, id) => page.engine.cancel(id)],
  [
    'is cancelled right before all work ends',
    (page, id) => {
      page.engine.cancel(id)
      page.engine.destroy()
    },
  ],
  [
    'is removed and added again',
    (page, id) => {
      page.engine.cancel(id)
      page.store.remove([id])
      void page.engine.upload(page.add(fileOf(5000, { name: 'film.bin' }), { id }))
    },
  ],
]

/** A page that loses a file at the moment when its confirmation reaches the server; `answer` is what becomes of it. */
function removeWhileConfirming(
  size: number,
  remove: (page: Page, id: string) => void,
  answer: (response: Response) => Response | Promise<Response> = (response) => response,
) {
  const told: string[] = []
  const order: string[] = []
  const site = createSite({ unclaimed: 'tag', onUploadComplete: ({ key }) => void told.push(key) })
  const page = openPage(site, {
    client: {
      async fetch(url, init) {
        const { operation } = JSON.parse(String(init?.body))
        const isFirst = operation === 'complete-uploads' && !order.includes(operation)
        order.push(operation)
        if (isFirst) {
          remove(page, id)
          await new Promise((resolve) => setTimeout(resolve, 50))
          init?.signal?.throwIfAborted()
        }
        const response = await site.handler(new Request(String(url), init))
        if (isFirst) order.push('confirmed')
        return isFirst ? answer(response) : response
      },
    },
  })
  const id = page.add(fileOf(size, { name: 'film.bin' }))
  return { site, page, id, told, order }
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 100))

describe.each(sizes)('a file %s whose confirmation is on its way', (_, size) => {
  it.each(removals)('stays with the app that hears of it when it %s', async (_name, remove) => {
    const { site, page, id, told, order } = removeWhileConfirming(size, remove)

    await page.engine.upload(id)
    await vi.waitFor(() => expect(order).toContain('confirmed'), { timeout: 10_000 })
    await settled()

    const [key] = told
    expect((await site.s3.objects('uploads')).map((object) => object.key)).toContain(key)
    expect(order).not.toContain('abort-uploads')
  })

  it('is not aborted before the server has answered, whatever it answers', async () => {
    const refusal = () => Response.json({ error: {} }, { status: 500 })
    const { page, id, order } = removeWhileConfirming(
      size,
      (opened, name) => opened.engine.cancel(name),
      refusal,
    )

    await page.engine.upload(id)
    await vi.waitFor(() => expect(order).toContain('abort-uploads'), { timeout: 10_000 })

    expect(order.indexOf('abort-uploads')).toBeGreaterThan(order.indexOf('confirmed'))
    expect(order.filter((operation) => operation === 'complete-uploads')).toHaveLength(1)
  })

  it('is removed from the bucket when the request did not arrive, and asked for no more', async () => {
    const site = createSite({ unclaimed: 'tag' })
    const asked: string[] = []
    const page = openPage(site, {
      client: {
        async fetch(url, init) {
          const { operation } = JSON.parse(String(init?.body))
          asked.push(operation)
          if (operation !== 'complete-uploads') {
            return await site.handler(new Request(String(url), init))
          }
          page.engine.cancel(id)
          throw new TypeError('The connection broke.')
        },
      },
    })
    const id = page.add(fileOf(size, { name: 'film.bin' }))

    await page.engine.upload(id)
    await vi.waitFor(() => expect(asked).toContain('abort-uploads'), { timeout: 10_000 })
    await settled()

    expect(await site.s3.objects('uploads')).toEqual([])
    expect(await site.openUploads()).toBe(0)
    expect(asked.filter((operation) => operation === 'complete-uploads')).toHaveLength(1)
  })
})
