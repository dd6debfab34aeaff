#!/usr/bin/env node
// with-bucket COMMAND: runs a server on the bucket that the environment names, or on a test S3 when it names none.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { startTestS3 } from 's3-direct-upload/testing/node'

const bucket = 'example'
const directory = '.bucket'

/** Starts an S3 on a port, and so an origin, of its own; returns the variables that `configFromEnv` reads. */
async function startEmbeddedS3() {
  const accessKeyId = randomBytes(10).toString('hex').toUpperCase()
  const secretAccessKey = randomBytes(20).toString('hex')
  const { url } = await startTestS3({
    directory,
    buckets: [bucket],
    credentials: { accessKeyId, secretAccessKey },
    cors: [
      {
        allowedOrigins: ['http://localhost:*', 'http://127.0.0.1:*'],
        allowedMethods: ['POST', 'PUT'],
        allowedHeaders: ['*'],
        maxAgeSeconds: 3600,
      },
    ],
  })
  console.warn(`Files go to a test S3 at ${url}, and lie in ${directory}/${bucket}/`)
  return {
    S3_BUCKET: bucket,
    S3_UPLOAD_SECRET: randomBytes(32).toString('hex'),
    AWS_REGION: 'us-east-1',
    AWS_ENDPOINT_URL_S3: url,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
  }
}

const hasBucket = process.env.S3_BUCKET || process.env.PRIVATE_S3_BUCKET
const variables = hasBucket ? {} : await startEmbeddedS3()
const [command, ...args] = process.argv.slice(2)
const server = spawn(command, args, {
  stdio: 'inherit',
  env: { ...process.env, ...variables },
  shell: process.platform === 'win32',
})
server.once('exit', (code) => process.exit(code ?? 1))
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal))
