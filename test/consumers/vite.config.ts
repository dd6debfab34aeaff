import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

/** Apart from the other tests, because these install packages from the registry. */
export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    root: path('..'),
    include: ['{consumers,examples}/*.test.ts'],
    globalSetup: [path('../package/build.ts')],
    reporters: ['verbose', path('../support/closing-line-reporter.ts')],
    testTimeout: 60_000,
    hookTimeout: 300_000,
    fileParallelism: false,
  },
})
