import { readFile } from 'node:fs/promises'
import fastify from 'fastify'
import { createSigningHandler } from 's3-direct-upload/server'
import { configFromEnv, toNodeListener } from 's3-direct-upload/server/node'

const handler = createSigningHandler({
  ...configFromEnv(),
  // Ask your session here who is calling.
  authorize: () => ({ owner: 'everybody' }),
  rules: { maxFileSize: '5GB' },
})

const app = fastify()
app.all('/api/s3', toNodeListener(handler))
app.get('/', async (_, reply) => reply.type('text/html').send(await readFile('public/index.html')))

const address = await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT ?? 3000) })
console.warn(`Open ${address}`)
