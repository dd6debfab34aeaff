#!/usr/bin/env node
// build-page: makes public/index.html, a page with the component in one file, so that a server has nothing else to serve.
import { mkdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const { outputFiles } = await build({
  entryPoints: [fileURLToPath(new URL('page.jsx', import.meta.url))],
  bundle: true,
  minify: true,
  format: 'esm',
  jsx: 'automatic',
  target: 'es2022',
  define: { 'process.env.NODE_ENV': '"production"' },
  outdir: 'public',
  write: false,
})
const textOf = (ending) => outputFiles.find(({ path }) => path.endsWith(ending)).text
await mkdir('public', { recursive: true })
await writeFile(
  'public/index.html',
  `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>s3-direct-upload</title>
<link rel="icon" href="data:,">
<style>${textOf('.css')}</style>
<main id="root"></main>
<script type="module">${textOf('.js')}</script>
</html>
`,
)
