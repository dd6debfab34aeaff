import express from 'express'
import { createSigningHandler } from 's3-direct-upload/server'
import { configFromEnv, toNodeListener } from 's3-direct-upload/server/node'

const handler = createSigningHandler({
  ...configFromEnv(),
  // Ask your session here who is calling.
  authorize: () => ({ owner: 'everybody' }),
  rules: { maxFileSize: '5GB' },
})

const app = express()
// Before express.json(), whose limit of 100 kB a batch of tokens can exceed.
app.all('/api/s3', toNodeListener(handler))
app.use(express.static('public'))

const server = app.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => {
  console.warn(`Open http://127.0.0.1:${server.address().port}`)
})
