import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { build } from 'vite'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

/** Builds the page for production against the built package, with Vite's defaults. */
export async function buildPage(outDir: string): Promise<void> {
  const dist = path('../../dist')
  if (!existsSync(dist)) throw new Error('There is no dist: run `npm run build` first.')
  await build({
    configFile: false,
    logLevel: 'error',
    root: path('page'),
    plugins: [react()],
    resolve: {
      alias: [
        { find: /^s3-direct-upload$/, replacement: `${dist}/index.js` },
        { find: /^s3-direct-upload\/styles\.css$/, replacement: `${dist}/styles.css` },
      ],
    },
    build: { outDir, emptyOutDir: true },
  })
}
