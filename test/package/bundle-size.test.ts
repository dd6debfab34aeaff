import { expect, test } from 'vitest'
import { bundle } from './bundle.js'

/** Kilobytes of 1000 bytes, minified and compressed, Uppy core included, React not. */
const budgets = [
  { name: 'S3Uploader', limitInKilobytes: 45 },
  { name: 'useS3Uploader', limitInKilobytes: 33 },
]

test.each(budgets)('$name stays below $limitInKilobytes kB', async ({ name, limitInKilobytes }) => {
  const { gzipBytes } = await bundle(name)
  process.stdout.write(`bundle of ${name}: ${(gzipBytes / 1000).toFixed(1)} kB gzip\n`)

  expect(gzipBytes).toBeGreaterThan(1000)
  expect(gzipBytes).toBeLessThanOrEqual(limitInKilobytes * 1000)
})
