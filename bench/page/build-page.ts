import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const repository = fileURLToPath(new URL('../..', import.meta.url))

/** Builds the page for production, as an app would be, with the plugin of this checkout or of another one. */
export async function buildPage(outDir: string, checkout = repository): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'error',
    root: fileURLToPath(new URL('.', import.meta.url)),
    resolve: {
      alias: [
        {
          find: /^s3-direct-upload\/uppy$/,
          replacement: resolve(checkout, 'src/uppy/index.ts'),
        },
      ],
    },
    base: './',
    build: { outDir, emptyOutDir: true, chunkSizeWarningLimit: 2000 },
  })
}
