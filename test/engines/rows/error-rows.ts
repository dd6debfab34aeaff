import assert from 'node:assert/strict'
import type { EngineSiteOptions } from '../engine-site.js'
import type { Happening } from '../happening.js'
import type { Row, Stage } from '../row.js'
import { until } from '../until.js'

const failedLimitMs = 120_000

async function expectCode(
  code: string,
  { startSite, openPage, files }: Stage,
  { isDown = false, ...options }: EngineSiteOptions & { readonly isDown?: boolean },
): Promise<void> {
  const site = await startSite(options)
  const user = await openPage(site.page())
  site.line.isDown = isDown
  await user.choose(await files.write('photo.jpg', 20_000))
  const failed = async () =>
    (await user.happenings()).find((end: Happening) => end.kind === 'failed')
  await until('a failure', async () => (await failed()) !== undefined, failedLimitMs)
  assert.deepEqual(
    { ...(await failed()), message: '' },
    { kind: 'failed', name: 'photo.jpg', code, message: '' },
  )
}

export const errorRows: readonly Row[] = [
  {
    name: 'words: a storage that is down is called unreachable',
    run: (stage) => expectCode('unreachable', stage, { isDown: true }),
  },
  {
    name: 'words: a bucket without CORS rules for the page is called that',
    run: (stage) =>
      expectCode('cors', stage, {
        allowedOrigin: 'https://another.test',
        signing: { method: 'PUT' },
      }),
  },
  {
    name: 'words: a bucket that the page’s own policy forbids is called that, at once',
    run: (stage) =>
      expectCode('blocked-by-policy', stage, {
        headers: { 'content-security-policy': "default-src 'self' 'unsafe-inline'" },
      }),
  },
]
