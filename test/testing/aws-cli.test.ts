import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestS3RequestEvent } from 's3-direct-upload/testing'
import { type RunningTestS3, startTestS3 } from 's3-direct-upload/testing/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { awsCli, runAwsCli } from '../support/aws-cli.js'

const credentials = { accessKeyId: 'AKIACLI', secretAccessKey: 'secret', sessionToken: 'token' }

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

  const aws = (...args: string[]) => awsWith({}, ...args)
  const awsWith = (changed: { sessionToken?: string }, ...args: string[]) => {
    events = []
    const given = { ...credentials, ...changed }
    return runAwsCli({ endpoint: s3.url, credentials: given, home: directory }, args)
  }

  const test = awsCli ? it : it.skip
  const title = (name: string) => (awsCli ? name : `${name} (the AWS CLI is not installed)`)

  test(title('copies a small file there and back'), { timeout: 60_000 }, async () => {
    const [there, back] = [join(directory, 'small é.txt'), join(directory, 'back.txt')]
    await writeFile(there, 'hello')
    await aws('s3', 'cp', there, 's3://photos/folder/small é.txt')
    await aws('s3', 'cp', 's3://photos/folder/small é.txt', back)

    expect(await readFile(back, 'utf8')).toBe('hello')
  })

  test(title('needs the session token of temporary keys'), { timeout: 60_000 }, async () => {
    const local = join(directory, 'report.pdf')
    await writeFile(local, 'a report')
    const target = 's3://photos/review-7/report.pdf'
    const withoutToken = awsWith({ sessionToken: '' }, 's3', 'cp', local, target)

    await expect(withoutToken).rejects.toThrow(/InvalidAccessKeyId|InvalidToken/)
    await aws('s3', 'cp', local, target)
    expect(await aws('s3', 'cp', target, '-')).toBe('a report')
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
