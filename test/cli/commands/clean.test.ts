import { createTestS3 } from 's3-direct-upload/testing'
import { describe, expect, test } from 'vitest'
import { systemRuntime } from '../../../src/async/runtime.js'
import { objectStorageOf } from '../../../src/server/objects/storage-headers.js'
import { createStorageClient } from '../../../src/server/storage/storage-client.js'
import { credentials, environment, runCli } from '../run-cli.js'

const endpoint = 'https://s3.example.com'
const days = (count: number) => count * 86_400_000
const start = Date.parse('2026-03-01T12:00:00Z')

/** A bucket with an upload of ten days ago, one of two days ago, and one of another app. */
async function bucketWithUploads() {
  let time = start
  const now = () => new Date(time)
  const s3 = createTestS3({ buckets: ['photos'], credentials, now })
  const client = createStorageClient({
    location: { bucket: 'photos', region: 'us-east-1', endpoint },
    credentials,
    fetch: s3.fetch,
    now,
    runtime: { ...systemRuntime, sleep: async () => {} },
  })
  const begin = (key: string) =>
    client.createMultipartUpload({
      key,
      contentType: 'video/mp4',
      storage: objectStorageOf({ name: key, contentType: 'video/mp4' }),
      checksumAlgorithm: undefined,
    })
  await begin('uploads/old.mp4')
  await begin('other/old.mp4')
  time = start + days(8)
  await begin('uploads/new.mp4')
  time = start + days(10)
  const env = environment(endpoint, { S3_PREFIX: 'uploads/' })
  const keys = async () => (await s3.uploads('photos')).map(({ key }) => key)
  return { s3, keys, terminal: { env, fetch: s3.fetch, now } }
}

describe('clean', () => {
  test('lists what is old below the prefix, and aborts nothing', async () => {
    const { keys, terminal } = await bucketWithUploads()
    const { exitCode, output, errors } = await runCli(['clean'], terminal)

    expect([exitCode, output]).toEqual([0, '2026-03-01T12:00:00.000Z  uploads/old.mp4'])
    expect(errors).toBe('1 unfinished upload below uploads/; --yes aborts them.')
    expect(await keys()).toHaveLength(3)
  })

  test('aborts with --yes what it listed, and nothing else', async () => {
    const { keys, terminal } = await bucketWithUploads()
    const { exitCode, errors } = await runCli(['clean', '--yes'], terminal)

    expect([exitCode, errors]).toEqual([0, '1 unfinished upload below uploads/, 1 aborted.'])
    expect(await keys()).toEqual(['other/old.mp4', 'uploads/new.mp4'])
  })

  test('takes another age and another prefix', async () => {
    const { keys, terminal } = await bucketWithUploads()
    await runCli(['clean', '--yes', '--older-than', '1d'], terminal)
    await runCli(['clean', '--yes', '--prefix', 'other'], terminal)
    const { errors } = await runCli(['clean', '--yes'], terminal)

    expect([await keys(), errors]).toEqual([[], 'No unfinished upload below uploads/ is that old.'])
  })

  test.each([
    ['a page', 'a page of HTML, "Sign in"', '<!doctype html><title>Sign in</title>'],
    ['another document', 'the document rss', '<rss/>'],
    ['nothing', 'without a document', ''],
  ])('says that %s is no answer of a storage', async (_title, found, body) => {
    const { terminal } = await bucketWithUploads()
    const fetch = async () => new Response(body)
    const { exitCode, errors } = await runCli(['clean', '--yes'], { ...terminal, fetch })

    expect(exitCode).toBe(1)
    expect(errors).toContain('Something answers in the place of the storage: 200')
    expect(errors).toContain(found)
    expect(errors).toContain('AWS_ENDPOINT_URL_S3')
  })

  test('writes a document with --json', async () => {
    const { terminal } = await bucketWithUploads()
    const { output } = await runCli(['clean', '--json'], terminal)

    expect(JSON.parse(output)).toMatchObject({
      dryRun: true,
      prefix: 'uploads/',
      olderThanSeconds: 604_800,
      uploads: [{ key: 'uploads/old.mp4', initiated: '2026-03-01T12:00:00.000Z' }],
      aborted: 0,
    })
  })

  test('ends with 1, and says why, where an upload cannot be aborted', async () => {
    const { s3, terminal } = await bucketWithUploads()
    const effect = { kind: 'refuse', code: 'AccessDenied' } as const
    s3.fault({ operation: 'AbortMultipartUpload', effect })
    const { exitCode, errors } = await runCli(['clean', '--yes'], terminal)

    expect(exitCode).toBe(1)
    expect(errors).toContain('Grant s3:AbortMultipartUpload.')
  })

  test('says which permission is missing where it may not list', async () => {
    const { s3, terminal } = await bucketWithUploads()
    const effect = { kind: 'refuse', code: 'AccessDenied' } as const
    s3.fault({ operation: 'ListMultipartUploads', effect })
    const { exitCode, errors } = await runCli(['clean'], terminal)

    expect(exitCode).toBe(1)
    expect(errors).toContain('need s3:ListBucketMultipartUploads.')
  })

  test.each([
    [{ AWS_REGION: 'eu-west-1' }, 'Set AWS_REGION to us-east-1.'],
    [{ S3_BUCKET: 'fotos' }, 'There is no bucket fotos'],
    [{ AWS_SECRET_ACCESS_KEY: 'wrong' }, 'SignatureDoesNotMatch'],
  ])('with %j names the cause, not a permission', async (wrong, cause) => {
    const { terminal } = await bucketWithUploads()
    const env = { ...terminal.env, ...wrong }
    const { exitCode, errors } = await runCli(['clean'], { ...terminal, env })

    expect(exitCode).toBe(1)
    expect(errors).toContain(cause)
    expect(errors).not.toContain('s3:')
  })

  test('says why the storage gives no answer', async () => {
    const { terminal } = await bucketWithUploads()
    const cause = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })
    const fetch = () => Promise.reject(new TypeError('fetch failed', { cause }))
    const { exitCode, errors } = await runCli(['clean'], { ...terminal, fetch })

    expect([exitCode, errors]).toEqual([
      1,
      's3-direct-upload: https://s3.example.com gave no answer: nothing listens there (ECONNREFUSED). Start the server, or put the port right.',
    ])
  })

  test('keeps the prefix of the private pair where an option names the bucket', async () => {
    const { keys, terminal } = await bucketWithUploads()
    const { S3_BUCKET: _, S3_PREFIX: prefix, ...env } = terminal.env
    const pair = { PRIVATE_S3_BUCKET: 'another', PRIVATE_S3_PREFIX: prefix }
    const args = ['clean', '--yes', '--bucket', 'photos']
    await runCli(args, { ...terminal, env: { ...env, ...pair } })
    await runCli([...args, '--older-than', '1d'], {
      ...terminal,
      env: { ...env, PRIVATE_S3_PREFIX: prefix },
    })

    expect(await keys()).toEqual(['other/old.mp4'])
  })

  test('aborts in the whole bucket only when told so', async () => {
    const { keys, terminal } = await bucketWithUploads()
    const { S3_PREFIX: _, ...env } = terminal.env
    const wholeBucket = { ...terminal, env }
    const refused = await runCli(['clean', '--yes'], wholeBucket)

    expect([refused.exitCode, (await keys()).length]).toEqual([2, 3])
    expect(refused.errors).toContain("--prefix ''")

    const listed = await runCli(['clean'], wholeBucket)
    const { errors } = await runCli(['clean', '--yes', '--prefix', ''], wholeBucket)

    expect(listed.errors).toBe('2 unfinished uploads in the whole bucket; --yes aborts them.')
    expect(errors).toBe('2 unfinished uploads in the whole bucket, 2 aborted.')
    expect(await keys()).toEqual(['uploads/new.mp4'])
  })

  test('wants to be told one thing: to list or to abort', async () => {
    const { terminal } = await bucketWithUploads()

    expect((await runCli(['clean', '--dry-run', '--yes'], terminal)).exitCode).toBe(2)
  })
})
