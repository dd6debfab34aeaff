// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { createSite, fileOf, mebibyte, openPage } from '../../support/engine.js'

const settle = (ms = 50) => new Promise((resolve) => setTimeout(resolve, ms))

describe('three large files that hang before they are begun (a dead network drive)', () => {
  const hanging = {
    resume: (record: { readonly id: string }) =>
      record.id.startsWith('dead') ? new Promise<undefined>(() => {}) : Promise.resolve(undefined),
    reserve: () => ({ markDiscarded() {}, forget() {}, release() {} }),
    interrupted: async () => [],
    claim: async () => undefined,
    claimStale: async () => [],
  }

  it('keep no other large file from its turn once they are removed', async () => {
    const site = createSite()
    const page = openPage(site, { resumption: hanging })
    const dead = fileOf(33 * mebibyte)
    for (const id of ['dead1', 'dead2', 'dead3']) {
      page.add(dead, { id })
      void page.engine.upload(id)
    }
    page.add(dead, { id: 'alive' })
    const uploading = page.engine.upload('alive').then(() => 'ended')
    await settle(100)
    for (const id of ['dead1', 'dead2', 'dead3']) {
      page.engine.cancel(id)
      page.store.remove([id])
    }
    expect(await Promise.race([uploading, settle(5000).then(() => 'hangs')])).toBe('ended')
  })
})
