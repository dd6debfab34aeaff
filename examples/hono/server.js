import { readFile } from 'node:fs/promises'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { createSigningHandler } from 's3-direct-upload/server'
import { configFromEnv } from 's3-direct-upload/server/node'

const handler = createSigningHandler({
  ...configFromEnv(),
  // Ask your session here who is calling.
  authorize: () => ({ owner: 'everybody' }),
  rules: { maxFileSize: '5GB' },
})

const app = new Hono()
app.all('/api/s3', (context) => handler(context.req.raw))
app.get('/', async (context) => context.html(await readFile('public/index.html', 'utf8')))

serve(
  { fetch: app.fetch, hostname: '127.0.0.1', port: Number(process.env.PORT ?? 3000) },
  ({ port }) => {
    console.warn(`Open http://127.0.0.1:${port}`)
  },
)
