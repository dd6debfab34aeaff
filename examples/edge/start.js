// Runs the worker on this computer in workerd, the runtime of Cloudflare's edge. No compatibility flag gives it Node's modules.
import { build } from 'esbuild'
import { Miniflare } from 'miniflare'

const { outputFiles } = await build({
  entryPoints: ['worker.js'],
  bundle: true,
  format: 'esm',
  target: 'es2022',
  platform: 'neutral',
  mainFields: ['module', 'main'],
  loader: { '.html': 'text' },
  write: false,
})
const { env } = process
const names = /^(S3|AWS)_/
const variables = Object.entries(env).filter(([name]) => names.test(name))
// A platform's private bucket goes with its own prefix, as `configFromEnv` has it.
if (!env.S3_BUCKET && env.PRIVATE_S3_BUCKET) {
  variables.push(['S3_BUCKET', env.PRIVATE_S3_BUCKET], ['S3_PREFIX', env.PRIVATE_S3_PREFIX ?? ''])
}
const worker = new Miniflare({
  modules: [{ type: 'ESModule', path: 'worker.js', contents: outputFiles[0].text }],
  bindings: Object.fromEntries(variables),
  compatibilityDate: '2026-07-01',
  host: '127.0.0.1',
  port: Number(process.env.PORT ?? 3000),
})
console.warn(`Open ${(await worker.ready).origin}`)
