import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { awsCli } from '../../support/aws-cli.js'
import { type CliResult, runCli } from '../run-cli.js'

const run = promisify(execFile)
const origin = 'http://localhost:5173'

interface Facts {
  readonly s3Url: string
  readonly signingUrl: string
  readonly env: Record<string, string>
}

describe('dev', () => {
  let directory = ''
  let stop = new AbortController()
  let ended: Promise<CliResult>

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'cli-dev-'))
    stop = new AbortController()
  })

  afterEach(async () => {
    stop.abort()
    await ended
    await rm(directory, { recursive: true, force: true })
  })

  /** Starts it and returns the first thing it writes. */
  const start = (...args: string[]) =>
    new Promise<string>((resolve, reject) => {
      const lines: string[] = []
      const options = ['--port', '0', '--signing-port', '0', '--directory', join(directory, 's3')]
      ended = runCli(['dev', ...options, ...args], {
        signal: stop.signal,
        write: (line) => {
          lines.push(line)
          if (args.includes('--json') || line === 'Ctrl+C stops it.') resolve(lines.join('\n'))
        },
      })
      ended.then(({ errors }) => reject(new Error(errors)), reject)
    })

  const facts = async (): Promise<Facts> => JSON.parse(await start('--json'))

  const test = awsCli ? it : it.skip
  const title = (name: string) => (awsCli ? name : `${name} (the AWS CLI is not installed)`)

  test(title('serves the AWS CLI by the line that it prints'), { timeout: 60_000 }, async () => {
    const lines = (await start()).split('\n').map((line) => line.trim())
    const local = join(directory, 'hello.txt')
    await writeFile(local, 'hello')
    const exported = lines.filter((line) => line.startsWith('export '))
    const copy = lines.find((line) => line.startsWith('aws s3 cp ')) ?? ''
    const script = [...exported, copy.replace('FILE', local).replace('aws', awsCli ?? '')].join(
      '\n',
    )
    const env = { HOME: directory, PATH: '/usr/bin:/bin', AWS_EC2_METADATA_DISABLED: 'true' }
    await run('/bin/sh', ['-c', script], { env })

    expect(exported).toContain('export S3_BUCKET=dev')
    expect(await readFile(join(directory, 's3/dev/hello.txt'), 'utf8')).toBe('hello')
  })

  it('signs uploads for pages of an origin, and S3 takes them', async () => {
    const { signingUrl } = await facts()
    const signed = await fetch(signingUrl, {
      method: 'POST',
      headers: { origin, 'content-type': 'application/json' },
      body: JSON.stringify({
        operation: 'sign-uploads',
        files: [{ id: crypto.randomUUID(), name: 'a.txt', type: 'text/plain', size: 5 }],
      }),
    })
    const { files } = await signed.json()
    const form = new FormData()
    for (const [name, value] of Object.entries<string>(files[0].fields)) form.append(name, value)
    form.append('file', new Blob(['hello']))
    const posted = await fetch(files[0].url, { method: 'POST', headers: { origin }, body: form })

    expect(signed.headers.get('access-control-allow-origin')).toBe(origin)
    expect(posted.status).toBe(201)
    expect(posted.headers.get('access-control-allow-origin')).toBe(origin)
  })

  it('refuses pages of other origins', async () => {
    const { signingUrl } = await facts()
    const headers = { origin: 'https://evil.example.com', 'content-type': 'application/json' }
    const answer = await fetch(signingUrl, { method: 'POST', headers, body: '{}' })

    expect(answer.status).toBe(403)
  })

  it('is a bucket with which the doctor is content', async () => {
    const { env } = await facts()
    const { exitCode } = await runCli(['doctor', '--origin', origin], { env })

    expect(exitCode).toBe(0)
  })

  it('ends in order when it is stopped', async () => {
    const { s3Url, signingUrl } = await facts()
    stop.abort()
    const { exitCode } = await ended

    expect(exitCode).toBe(0)
    await expect(fetch(s3Url)).rejects.toThrow()
    await expect(fetch(signingUrl)).rejects.toThrow()
  })

  it('says which port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => other.once('listening', resolve))
    const address = other.address()
    const port = typeof address === 'object' ? String(address?.port) : ''
    ended = runCli([
      'dev',
      '--port',
      '0',
      '--signing-port',
      port,
      '--directory',
      join(directory, 's3'),
    ])
    const { exitCode, errors } = await ended
    await new Promise((resolve) => other.close(resolve))

    expect(exitCode).toBe(1)
    expect(errors).toContain(`The port ${port} is taken.`)
  })
})
