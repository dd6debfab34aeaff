import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

/** What takes too long, or too much of the disk, for every change. */
export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    root: path('.'),
    include: ['*.test.ts'],
    reporters: ['verbose', path('../support/closing-line-reporter.ts')],
    testTimeout: 300_000,
    hookTimeout: 120_000,
    fileParallelism: false,
  },
})
