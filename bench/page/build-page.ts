import { fileURLToPath } from 'node:url'
import { build } from 'vite'

/** Builds the page for production, as an app would be. */
export async function buildPage(outDir: string): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'error',
    root: fileURLToPath(new URL('.', import.meta.url)),
    resolve: {
      alias: [
        {
          find: /^s3-direct-upload\/uppy$/,
          replacement: fileURLToPath(new URL('../../src/uppy/index.ts', import.meta.url)),
        },
      ],
    },
    build: { outDir, emptyOutDir: true, chunkSizeWarningLimit: 2000 },
  })
}
