import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSigningHandler, presignDownload, publicUrl } from 's3-direct-upload/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseResponse } from '../../src/protocol/parse.js'
import { objectUrl } from '../../src/s3/endpoint.js'
import { presignUrl } from '../../src/sigv4/presign-url.js'
import { awsCli, runAwsCli } from '../support/aws-cli.js'
import { createTestBucket, type TestBucket } from '../support/test-bucket.js'
import { jsonRequest, secret } from './handler-setup.js'

// Also against a real S3: see test/real-s3/run.sh.

let bucket: TestBucket
let home = ''

beforeAll(async () => {
  bucket = await createTestBucket('https://app.example.com')
  home = await mkdtemp(join(tmpdir(), 'aws-cli-'))
})

afterAll(async () => {
  await bucket.close()
  await rm(home, { recursive: true, force: true })
})

const locationOf = ({ name, region, endpoint }: TestBucket) => ({ bucket: name, region, endpoint })

async function put(key: string, body: string, type = 'text/plain'): Promise<void> {
  const { credentials, region } = bucket
  const headers = { 'content-type': type }
  const url = objectUrl(locationOf(bucket), key)
  const request = { method: 'PUT', url, headers, expiresInSeconds: 60 }
  const response = await fetch(presignUrl(request, { credentials, region }), {
    method: 'PUT',
    headers,
    body,
  })
  expect(response.status).toBe(200)
}

/** Asks a handler of this bucket for one file. */
async function ask(file: Record<string, unknown>) {
  const handler = createSigningHandler({
    ...locationOf(bucket),
    credentials: bucket.credentials,
    secret,
    prefix: 'files/',
    authorize: () => ({ owner: 'ada' }),
    authorizeDownload: () => true,
    onError: () => {},
  })
  const response = await handler(jsonRequest({ operation: 'sign-downloads', files: [file] }))
  const parsed = parseResponse('sign-downloads', await response.json())
  const answer = parsed.ok ? parsed.value.files[0] : undefined
  if (answer === undefined) throw new Error('no answer')
  return answer
}

async function urlOf(file: Record<string, unknown>): Promise<string> {
  const answer = await ask(file)
  if ('error' in answer) throw new Error(answer.error.message)
  return answer.url
}

/** The name that a browser reads from a `Content-Disposition`. */
function nameOf(response: Response): string {
  const header = response.headers.get('content-disposition') ?? ''
  return decodeURIComponent(/filename\*=UTF-8''([^;]+)/.exec(header)?.[1] ?? '')
}

describe('a signed download', () => {
  it('gives the bytes, whole or in pieces', async () => {
    await put('files/digits.txt', '0123456789')
    const url = await urlOf({ key: 'files/digits.txt' })

    const whole = await fetch(url)
    const piece = await fetch(url, { headers: { range: 'bytes=7-' } })
    const beyond = await fetch(url, { headers: { range: 'bytes=10-20' } })

    expect([whole.status, await whole.text()]).toEqual([200, '0123456789'])
    expect([piece.status, piece.headers.get('content-range')]).toEqual([206, 'bytes 7-9/10'])
    expect(await piece.text()).toBe('789')
    expect(beyond.status).toBe(416)
  })

  it.each([
    ['日本 é.txt', '日本 é.txt'],
    ['x\u202Egpj.exe', 'xgpj.exe'],
    ['the "best" \'of\' 100%; a=b.txt', 'the "best" \'of\' 100%; a=b.txt'],
    ['emoji 🏔️ 🧗.png', 'emoji 🏔️ 🧗.png'],
    ['a\r\nx-injected: 1\r\n\r\n<b>.txt', 'ax-injected: 1<b>.txt'],
    ['../../etc/passwd', '.._.._etc_passwd'],
    ['a+b &amp; c#d?e.txt', 'a+b &amp; c#d?e.txt'],
  ])('called %j is saved as %j', async (name, saved) => {
    await put('files/name.bin', 'hello')

    const response = await fetch(await urlOf({ key: 'files/name.bin', name }))

    expect(response.status).toBe(200)
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="[\w.-]+";/)
    expect(nameOf(response)).toBe(saved)
    expect(response.headers.get('x-injected')).toBeNull()
  })

  it.each(["files/a b/é+(1)&=;@$,'!*.txt", 'files/日本/100%.txt', 'files/%2e%2e/a.txt'])(
    'reaches the key %j',
    async (key) => {
      await put(key, key)

      const response = await fetch(await urlOf({ key }))

      expect([response.status, await response.text()]).toEqual([200, key])
    },
  )

  it('is shown with a type that cannot be exchanged', async () => {
    await put('files/shown.txt', 'hello')
    const url = await urlOf({ key: 'files/shown.txt', disposition: 'inline' })
    const exchanged = new URL(url)
    exchanged.searchParams.set('response-content-type', 'text/html')

    const shown = await fetch(url)
    const refused = await fetch(exchanged)

    expect(shown.headers.get('content-disposition')).toMatch(/^inline; /)
    expect(shown.headers.get('content-type')).toBe('text/plain')
    expect(refused.status).toBe(403)
  })

  it('is not given for what is not there', async () => {
    expect(await ask({ key: 'files/nothing.txt' })).toMatchObject({
      error: { code: 'object-not-found' },
    })
  })

  it('is over when its time is', async () => {
    await put('files/old.txt', 'hello')
    const anHourAgo = new Date(Date.now() - 3_600_000)
    const options = { ...locationOf(bucket), credentials: bucket.credentials, key: 'files/old.txt' }

    const late = await presignDownload({ ...options, expiresInSeconds: 60, now: () => anHourAgo })
    const long = await presignDownload({ ...options, expiresInSeconds: 7200, now: () => anHourAgo })

    expect((await fetch(late)).status).toBe(403)
    expect((await fetch(long)).status).toBe(200)
  })
})

it('a public URL alone opens nothing in a private bucket', async () => {
  await put('files/private.txt', 'hello')

  const response = await fetch(publicUrl({ ...locationOf(bucket), key: 'files/private.txt' }))

  expect(response.status).toBe(403)
})

describe('aws s3 presign', () => {
  const test = awsCli ? it : it.skip
  const title = (name: string) => (awsCli ? name : `${name} (the AWS CLI is not installed)`)

  test.each(['files/cli.txt', "files/a b/é+(1)&'!.txt"])(
    title('makes the same URL as presignDownload, for %j'),
    { timeout: 60_000 },
    async (key) => {
      await put(key, 'hello')
      const { endpoint, region, credentials } = bucket
      const command = ['s3', 'presign', `s3://${bucket.name}/${key}`, '--expires-in', '1234']

      const theirs = new URL(
        (await runAwsCli({ endpoint, region, credentials, home }, command)).trim(),
      )
      const ours = new URL(
        await presignDownload({
          ...locationOf(bucket),
          credentials,
          key,
          expiresInSeconds: 1234,
          now: () => signingTimeOf(theirs),
        }),
      )

      // With the signature, which covers all the others.
      expect(Object.fromEntries(ours.searchParams)).toEqual(Object.fromEntries(theirs.searchParams))
      expect(decodeURIComponent(ours.pathname)).toBe(decodeURIComponent(theirs.pathname))
      expect([(await fetch(ours)).status, (await fetch(theirs)).status]).toEqual([200, 200])
    },
  )
})

function signingTimeOf(url: URL): Date {
  const text = url.searchParams.get('X-Amz-Date') ?? ''
  return new Date(text.replace(/^(....)(..)(..T..)(..)(..Z)$/, '$1-$2-$3:$4:$5'))
}
