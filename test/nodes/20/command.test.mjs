import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { bucket, credentials, pageOrigin, startSite } from './site.mjs'

const command = fileURLToPath(new URL('../../../dist/cli/bin.js', import.meta.url))

let site
let env
before(async () => {
  site = await startSite()
  env = {
    ...process.env,
    S3_BUCKET: bucket,
    AWS_REGION: 'us-east-1',
    AWS_ENDPOINT_URL_S3: site.s3.url,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  }
})
after(() => site.close())

/** Runs the command; returns what it wrote as JSON, and how it ended. */
function run(...args) {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [command, ...args, '--json'], { env }, (error, stdout, stderr) => {
      if (stdout === '') reject(new Error(`${args[0]} wrote nothing: ${stderr}`))
      else resolve({ exitCode: error?.code ?? 0, printed: JSON.parse(stdout) })
    })
  })
}

test('doctor finds nothing wrong with a bucket that is right', async () => {
  const { exitCode, printed } = await run('doctor', '--origin', pageOrigin)

  assert.deepEqual(
    printed.findings.map(({ id }) => id),
    [],
  )
  assert.equal(exitCode, 0)
})

test('cors applies the rules of an origin', async () => {
  const { exitCode } = await run('cors', '--origin', 'https://other.example.com', '--apply')

  assert.equal(exitCode, 0)
})

test('presign writes a URL', async () => {
  const { exitCode, printed } = await run('presign', 'a b/ü.txt')

  assert.equal(exitCode, 0)
  assert.match(JSON.stringify(printed), /X-Amz-Signature=/)
})

test('clean lists the uploads that nobody finished', async () => {
  const file = { id: crypto.randomUUID(), name: 'film.mp4', type: 'video/mp4', size: 12_000_000 }
  const { files } = await site.ask({ operation: 'sign-uploads', files: [file] })

  const { printed } = await run('clean', '--older-than', '0d')

  assert.ok(JSON.stringify(printed).includes(files[0].key))
})

test('conformance holds of this package’s own endpoint', async () => {
  const users = ['--header', 'Cookie: user=ann', '--other-header', 'Cookie: user=ben']

  const { exitCode, printed } = await run('conformance', site.url, ...users)

  assert.equal(exitCode, 0, JSON.stringify(printed))
})

test('dev starts an S3 and an endpoint, and ends in order', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'node-20-'))
  const options = ['--port', '0', '--signing-port', '0', '--directory', directory, '--json']
  const dev = spawn(process.execPath, [command, 'dev', ...options], { env })
  const [line] = await once(dev.stdout, 'data')
  const { signingUrl } = JSON.parse(line)

  const { status } = await fetch(signingUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  })
  dev.kill('SIGINT')
  const [exitCode] = await once(dev, 'exit')
  await rm(directory, { recursive: true })

  assert.deepEqual([status, exitCode], [400, 0])
})
