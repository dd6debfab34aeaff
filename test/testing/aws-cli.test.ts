import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { TestS3RequestEvent } from 's3-direct-upload/testing'
import { type RunningTestS3, startTestS3 } from 's3-direct-upload/testing/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findAwsCli } from '../support/find-aws-cli.js'

const run = promisify(execFile)
const credentials = { accessKeyId: 'AKIACLI', secretAccessKey: 'secret', sessionToken: 'token' }
const cli = findAwsCli()

describe('the AWS CLI', () => {
  let s3: RunningTestS3
  let directory = ''
  let events: TestS3RequestEvent[] = []

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'aws-cli-'))
    s3 = await startTestS3({
      buckets: ['photos'],
      credentials,
      onRequest: (event) => events.push(event),
    })
  })

  afterAll(async () => {
    await s3.close()
    await rm(directory, { recursive: true, force: true })
  })

  const aws = async (...args: string[]) => {
    events = []
    const env = {
      PATH: process.env.PATH,
      HOME: directory,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_SESSION_TOKEN: credentials.sessionToken,
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_EC2_METADATA_DISABLED: 'true',
    }
    const { stdout } = await run(cli ?? '', ['--endpoint-url', s3.url, ...args], { env })
    return stdout
  }

  const test = cli ? it : it.skip
  const title = (name: string) => (cli ? name : `${name} (the AWS CLI is not installed)`)

  test(title('copies a small file there and back'), { timeout: 60_000 }, async () => {
    const [there, back] = [join(directory, 'small é.txt'), join(directory, 'back.txt')]
    await writeFile(there, 'hello')
    await aws('s3', 'cp', there, 's3://photos/folder/small é.txt')
    await aws('s3', 'cp', 's3://photos/folder/small é.txt', back)

    expect(await readFile(back, 'utf8')).toBe('hello')
  })

  test(title('copies a large file in parts'), { timeout: 60_000 }, async () => {
    const [there, back] = [join(directory, 'large.bin'), join(directory, 'back.bin')]
    const content = randomBytes(20_000_000)
    await writeFile(there, content)
    await aws('s3', 'cp', there, 's3://photos/large.bin')
    const operations = events.map(({ operation }) => operation)
    await aws('s3', 'cp', 's3://photos/large.bin', back)

    expect(operations).toContain('CompleteMultipartUpload')
    expect((await readFile(back)).equals(content)).toBe(true)
  })

  test(title('lists a bucket'), { timeout: 60_000 }, async () => {
    const local = join(directory, 'listed.txt')
    await writeFile(local, 'hello')
    await aws('s3', 'cp', local, 's3://photos/listed/a.txt')

    expect(await aws('s3', 'ls', 's3://photos/listed/')).toMatch(/ 5 a\.txt\n$/)
    expect(await aws('s3', 'ls')).toMatch(/ photos\n$/)
  })

  test(title('presigns a download'), { timeout: 60_000 }, async () => {
    const local = join(directory, 'presigned.txt')
    await writeFile(local, 'hello')
    await aws('s3', 'cp', local, 's3://photos/presigned.txt')
    const url = (await aws('s3', 'presign', 's3://photos/presigned.txt')).trim()
    const response = await fetch(url)

    expect([response.status, await response.text()]).toEqual([200, 'hello'])
  })
})
