// The app's server: the built page, the signing endpoint, and a test S3 on another origin. Prints where they are.
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname } from 'node:path'
import { createSigningHandler } from 's3-direct-upload/server'
import { toNodeListener } from 's3-direct-upload/server/node'
import { startTestS3 } from 's3-direct-upload/testing/node'

const credentials = { accessKeyId: 'AKIACONSUMER00000001', secretAccessKey: crypto.randomUUID() }
const bucket = 'consumer'
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }

const server = createServer(async (request, response) => {
  const { pathname } = new URL(request.url, 'http://localhost')
  if (pathname === '/api/s3') return sign(request, response)
  try {
    const file = await readFile(`dist${pathname === '/' ? '/index.html' : pathname}`)
    response.writeHead(200, { 'content-type': types[extname(pathname)] ?? types['.html'] })
    response.end(file)
  } catch {
    response.writeHead(404).end()
  }
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
const url = `http://127.0.0.1:${server.address().port}`
const cors = [{ allowedOrigins: [url], allowedMethods: ['POST', 'PUT'], allowedHeaders: ['*'] }]
const s3 = await startTestS3({ buckets: [bucket], credentials, cors })
const sign = toNodeListener(
  createSigningHandler({
    bucket,
    region: 'us-east-1',
    endpoint: s3.url,
    credentials,
    secret: crypto.randomUUID(),
    authorize: () => ({ owner: 'ann' }),
  }),
)
process.stdout.write(`${JSON.stringify({ url, endpoint: s3.url, bucket, credentials })}\n`)
