import { expect, test } from 'vitest'
import { bundle } from './bundle.js'

/** Kilobytes of 1000 bytes, minified and compressed, Uppy core included, React not. */
const budgets = [
  { name: 'S3Uploader', limit: 61.5, laterLimit: 8.5 },
  { name: 'useS3Uploader', limit: 53.8, laterLimit: 8.5 },
  { name: 'S3Download', limit: 5.7, laterLimit: 7.3 },
]

test.each(budgets)(
  '$name stays below $limit kB, and loads less than $laterLimit kB later',
  async ({ name, limit, laterLimit }) => {
    const { gzipBytes, lazyGzipBytes } = await bundle(name)
    const [initial, later] = [gzipBytes, lazyGzipBytes].map((bytes) => (bytes / 1000).toFixed(1))
    process.stdout.write(`bundle of ${name}: ${initial} kB gzip, ${later} kB loaded later\n`)

    expect(gzipBytes).toBeGreaterThan(1000)
    expect(gzipBytes).toBeLessThanOrEqual(limit * 1000)
    expect(lazyGzipBytes).toBeGreaterThan(1000)
    expect(lazyGzipBytes).toBeLessThanOrEqual(laterLimit * 1000)
  },
)

test('an uploader loads nothing of the downloads, and a download nothing of the engine', async () => {
  const [uploader, download] = await Promise.all([bundle('S3Uploader'), bundle('S3Download')])

  expect(uploader.code).not.toMatch(/sign-downloads|downloadFile|about:blank/)
  expect(download.code).toContain('sign-downloads')
  expect(download.code).not.toMatch(/sign-uploads|indexedDB|XMLHttpRequest/)
})
