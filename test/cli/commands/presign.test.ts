import { type RunningTestS3, startTestS3 } from 's3-direct-upload/testing/node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { credentials, environment, runCli } from '../run-cli.js'

describe('presign', () => {
  let s3: RunningTestS3
  let time = new Date()

  beforeAll(async () => {
    s3 = await startTestS3({ buckets: ['photos'], credentials, now: () => time })
    const put = await runCli(['presign', 'a b/ü.txt', '--expires', '1h'], on())
    expect(put.exitCode).toBe(0)
    await store('a b/ü.txt', 'hello')
  })

  afterAll(() => s3.close())

  const on = () => ({ env: environment(s3.url), now: () => time })

  async function store(key: string, text: string) {
    const { presignUrl } = await import('../../../src/sigv4/presign-url.js')
    const url = `${s3.url}/photos/${key.split('/').map(encodeURIComponent).join('/')}`
    const context = { credentials, region: 'us-east-1', now: time }
    const signed = presignUrl({ method: 'PUT', url, expiresInSeconds: 60 }, context)
    expect((await fetch(signed, { method: 'PUT', body: text })).status).toBe(200)
  }

  test('writes a URL that downloads the object, and nothing else', async () => {
    const { output } = await runCli(['presign', 'a b/ü.txt'], on())
    const response = await fetch(output)

    expect([response.status, await response.text()]).toEqual([200, 'hello'])
    expect(new URL(output).searchParams.get('X-Amz-Expires')).toBe('3600')
  })

  test('has the parameters of the URL that `aws s3 presign` writes', async () => {
    const { output } = await runCli(['presign', 'a b/ü.txt'], on())

    expect([...new URL(output).searchParams.keys()].sort()).toEqual([
      'X-Amz-Algorithm',
      'X-Amz-Credential',
      'X-Amz-Date',
      'X-Amz-Expires',
      'X-Amz-Signature',
      'X-Amz-SignedHeaders',
    ])
  })

  test('writes a URL that ends when it says', async () => {
    const { output } = await runCli(['presign', 'a b/ü.txt', '--expires', '15m'], on())
    const signedAt = time
    time = new Date(signedAt.getTime() + 15 * 60_000)
    const late = await fetch(output)
    time = signedAt

    expect(late.status).toBe(403)
  })

  test('names the file for the browser that saves it', async () => {
    const { output } = await runCli(['presign', 'a b/ü.txt', '--name', 'Größe.txt'], on())
    const response = await fetch(output)

    expect(response.headers.get('content-disposition')).toBe(
      `attachment; filename="Gro-e.txt"; filename*=UTF-8''Gr%C3%B6%C3%9Fe.txt`,
    )
  })

  test('has the file shown with --inline', async () => {
    const { output } = await runCli(['presign', 'a b/ü.txt', '--inline'], on())

    expect((await fetch(output)).headers.get('content-disposition')).toMatch(/^inline; /)
  })

  test('takes the bucket from its options first', async () => {
    const args = ['presign', 'a', '--bucket', 'other', '--endpoint', 'https://s3.example.com']
    const { output } = await runCli([...args, '--region', 'auto'], on())

    expect(output).toMatch(/^https:\/\/s3\.example\.com\/other\/a\?/)
    expect(output).toContain('%2Fauto%2F')
  })

  test('writes a document with --json', async () => {
    const { output } = await runCli(['presign', 'a', '--json'], on())

    expect(JSON.parse(output)).toEqual({
      url: expect.stringContaining('X-Amz-Signature='),
      expiresInSeconds: 3600,
    })
  })

  test.each(['0s', '8d', '1w', 'soon'])('refuses to have it work for %s', async (duration) => {
    const { exitCode, output } = await runCli(['presign', 'a', '--expires', duration], on())

    expect([exitCode, output]).toEqual([2, ''])
  })
})
