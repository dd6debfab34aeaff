import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

/** Apart from the other tests, because these install packages from the registry. */
export default defineConfig(({ mode }) => ({
  resolve: { tsconfigPaths: true },
  test: {
    root: path('..'),
    // `--mode long` runs what takes too long for every change.
    include: [mode === 'long' ? 'consumers/*.long.ts' : '{consumers,examples}/*.test.ts'],
    globalSetup: [path('../package/build.ts')],
    reporters: ['verbose', path('../support/closing-line-reporter.ts')],
    testTimeout: 60_000,
    hookTimeout: 300_000,
    fileParallelism: false,
  },
}))
