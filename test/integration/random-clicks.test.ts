// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { NetworkError } from '../../src/upload/errors/upload-error.js'
import { createSite, fileOf, mebibyte, openPage } from '../support/engine.js'

const settle = (ms = 50) => new Promise((resolve) => setTimeout(resolve, ms))

describe('random clicks on six files', () => {
  const run = async (seed: number) => {
    let state = seed
    const random = () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      return state / 2 ** 32
    }
    const site = createSite()
    const page = openPage(site, {
      concurrency: 1 + Math.floor(random() * 4),
      runtime: {
        sleep: async (ms, signal) => {
          site.clock.ms += ms
          await settle(1)
          signal?.throwIfAborted()
        },
      },
      async onSend(send) {
        await settle(random() * 15)
        if (random() < 0.1) throw new NetworkError('No.', { code: 'network' })
        const answer = await send()
        if (random() < 0.1) throw new NetworkError('Lost.', { code: 'network' })
        return answer
      },
    })
    const big = fileOf(11 * mebibyte)
    const small = fileOf(1000)
    const ids = Array.from({ length: 6 }, (_, index) =>
      page.add(index % 2 ? big : small, { id: `${index}` }),
    )
    const uploads = new Map(ids.map((id) => [id, page.engine.upload(id)]))
    const cancelled = new Set<string>()
    for (let click = 0; click < 40; click += 1) {
      const id = ids[Math.floor(random() * ids.length)] ?? ''
      const action = random()
      if (action < 0.4) page.engine.pause(id)
      else if (action < 0.8) page.engine.resume(id)
      else if (action < 0.87 && cancelled.size < 3) {
        cancelled.add(id)
        page.engine.cancel(id)
        page.store.remove([id])
      } else if (page.store.get(id)?.status === 'failed') {
        uploads.set(id, page.engine.upload(id))
      }
      await settle(random() * 12)
    }
    for (const id of ids) page.engine.resume(id)
    const ended = await Promise.race([
      Promise.all(uploads.values()).then(() => 'ended'),
      settle(8000).then(() => 'hangs'),
    ])
    const left = ids.filter((id) => !cancelled.has(id))
    const wrong: string[] = []
    for (const id of left) {
      const record = page.store.get(id)
      if (record?.status === 'failed') continue
      if (record?.status !== 'complete') wrong.push(`${id} ${record?.status}`)
      else if ((await site.bytesOf(record.object.key)).length !== record.size) wrong.push(id)
    }
    const failed = left.filter((id) => page.store.get(id)?.status === 'failed')
    for (const id of failed) page.engine.cancel(id)
    await settle(1500)
    return { seed, ended, wrong, open: await site.openUploads() }
  }

  it.each(Array.from({ length: 6 }, (_, index) => index + 1))('seed %d', async (seed) => {
    expect(await run(seed)).toEqual({ seed, ended: 'ended', wrong: [], open: 0 })
  })
})
