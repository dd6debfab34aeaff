import type { RunningTestS3, StartTestS3Options } from 's3-direct-upload/testing/node'
import { afterEach, describe, expect, it } from 'vitest'
import { sampleText } from '../../../src/cli/doctor/examination/sample.js'
import type { S3OperationName } from '../../../src/testing/s3/http/operation-routes.js'
import { awsCli } from '../../support/aws-cli.js'
import { credentials, runCli } from '../run-cli.js'
import {
  appEnvironment,
  examine,
  goodCors,
  goodLifecycle,
  origin,
  runLine,
  startBucket,
} from './doctor-setup.js'

interface Misconfiguration {
  readonly what: string
  /** How the bucket is set up otherwise. */
  readonly bucket?: Partial<StartTestS3Options>
  /** What the app's environment says otherwise. */
  readonly env?: Readonly<Record<string, string>>
  /** Asks the test S3 by whatever host name, instead of over a port of this machine. */
  readonly byHostName?: true
  readonly id: string
  /** What the doctor's sentence has to name. */
  readonly names: RegExp
  /** How its fix is applied: the printed line of the AWS CLI, the printed variable, or by a person. */
  readonly fix: 'aws' | 'variable' | 'explained'
}

const minutes = (count: number) => new Date(Date.now() + count * 60_000)
const withCors = (changes: Partial<typeof goodCors>) => ({ cors: [{ ...goodCors, ...changes }] })

const misconfigurations: readonly Misconfiguration[] = [
  {
    what: 'the CORS rules are for another origin',
    bucket: withCors({ allowedOrigins: ['https://www.example.com'] }),
    id: 'cors-origin',
    names: /https:\/\/app\.example\.com/,
    fix: 'aws',
  },
  {
    what: 'the CORS rules lack a method',
    bucket: withCors({ allowedMethods: ['POST'] }),
    id: 'cors-method',
    names: /PUT/,
    fix: 'aws',
  },
  {
    what: 'the CORS rules lack headers',
    bucket: withCors({ allowedHeaders: ['content-*'] }),
    id: 'cors-header',
    names: /if-none-match, x-amz-checksum-sha256/,
    fix: 'aws',
  },
  {
    what: 'MaxAgeSeconds is short',
    bucket: withCors({ maxAgeSeconds: 5 }),
    id: 'cors-max-age',
    names: /MaxAgeSeconds .* is 5;/,
    fix: 'aws',
  },
  {
    what: 'the region is another one',
    bucket: { region: 'eu-central-1' },
    id: 'region',
    names: /not in the region us-east-1 but in eu-central-1/,
    fix: 'variable',
  },
  {
    what: 'the endpoint wants the other style',
    bucket: { addressing: 'path' },
    env: { S3_FORCE_PATH_STYLE: 'false', AWS_ENDPOINT_URL_S3: 'https://storage.example.com' },
    byHostName: true,
    id: 'endpoint-style',
    names: /in the path, not in the host name/,
    fix: 'variable',
  },
  {
    what: 'the clocks disagree',
    bucket: { now: () => minutes(20) },
    id: 'clock',
    names: /20 minutes behind/,
    fix: 'explained',
  },
  {
    what: 'the credentials have expired',
    bucket: { credentials: { ...credentials, sessionToken: 'token', expiration: minutes(-1) } },
    env: { AWS_SESSION_TOKEN: 'token' },
    id: 'expired-credentials',
    names: /expired/,
    fix: 'explained',
  },
  {
    what: 'no lifecycle rule removes unfinished uploads',
    bucket: { lifecycle: undefined },
    id: 'lifecycle',
    names: /unfinished multipart uploads/,
    fix: 'aws',
  },
  {
    what: 'there is no such bucket',
    env: { S3_BUCKET: 'fotos' },
    id: 'bucket',
    names: /no bucket fotos/,
    fix: 'explained',
  },
  {
    what: 'the page is https and the bucket http',
    env: { AWS_ENDPOINT_URL_S3: 'http://storage.example.com' },
    byHostName: true,
    id: 'mixed-content',
    names: /https:\/\/app\.example\.com → http:\/\/storage\.example\.com/,
    fix: 'variable',
  },
]

/** The twelfth: a permission that is missing, and every call that needs it. */
const permissions: readonly [action: string, operations: readonly S3OperationName[]][] = [
  ['PutObject', ['PostObject']],
  ['PutObject', ['PutObject']],
  ['PutObject', ['CreateMultipartUpload']],
  ['PutObject', ['UploadPart']],
  ['PutObject', ['CompleteMultipartUpload']],
  ['GetObject', ['HeadObject', 'GetObject']],
  ['GetObject', ['GetObject']],
  ['AbortMultipartUpload', ['AbortMultipartUpload']],
  ['ListMultipartUploadParts', ['ListParts']],
  ['ListBucket', ['ListObjectsV2']],
  ['ListBucketMultipartUploads', ['ListMultipartUploads']],
]

describe('doctor', () => {
  let s3: RunningTestS3

  afterEach(() => s3.close())

  const contents = async () => [
    ...(await s3.s3.objects('photos')),
    ...(await s3.s3.uploads('photos')),
  ]

  it('finds nothing where everything is right, and leaves nothing behind', async () => {
    s3 = await startBucket()
    const { exitCode, document } = await examine(appEnvironment(s3))

    expect([exitCode, document.ok, document.findings, document.left]).toEqual([0, true, [], []])
    expect(document.checks.filter(({ status }) => status !== 'ok')).toEqual([])
    expect(await contents()).toEqual([])
  })

  describe.each(misconfigurations)('finds out that $what', (planted) => {
    const { bucket, env, byHostName, id, names, fix } = planted
    const open = async () => {
      s3 = await startBucket(bucket)
      const terminal = byHostName && { fetch: (request: Request) => s3.s3.fetch(request) }
      return { appEnv: appEnvironment(s3, env), terminal: terminal ?? {} }
    }

    it('and says so', async () => {
      const { appEnv, terminal } = await open()
      const { exitCode, document, ids } = await examine(appEnv, terminal)
      const [finding] = document.findings

      expect([exitCode, ids]).toEqual([1, [id]])
      expect(finding?.problem).toMatch(names)
      // One sentence each, and a way out.
      for (const text of [finding?.problem, finding?.reason]) expect(text).toMatch(/^[^\n]+\.$/)
      expect(finding?.fix.text).not.toBe('')
      expect(await contents()).toEqual([])
    })

    if (fix === 'explained') return
    const canRun = fix === 'variable' || awsCli
    const test = canRun ? it : it.skip
    const title = canRun ? '' : ' (the AWS CLI is not installed)'
    test(`and what it prints puts it right${title}`, { timeout: 60_000 }, async () => {
      const { appEnv, terminal } = await open()
      const line = (await examine(appEnv, terminal)).document.findings[0]?.fix.command ?? ''
      const [name = '', value] = line.split('=')
      if (fix === 'aws') await runLine(line, appEnv)
      const after = await examine(fix === 'aws' ? appEnv : { ...appEnv, [name]: value }, terminal)

      expect([after.exitCode, after.ids]).toEqual([0, []])
    })
  })

  it.each(permissions)(
    'finds that s3:%s is missing where %o is denied',
    async (action, operation) => {
      s3 = await startBucket()
      s3.s3.fault({ operation, effect: { kind: 'refuse', code: 'AccessDenied' } })
      const { exitCode, document, ids } = await examine(appEnvironment(s3))
      const [finding] = document.findings

      expect([exitCode, ids]).toEqual([1, [`permission-${action}`]])
      expect(JSON.stringify(finding?.fix.json)).toContain(`"s3:${action}"`)
    },
  )

  it('names the right role policy for Amazon', async () => {
    s3 = await startBucket({ region: 'eu-west-1' })
    s3.s3.fault({ operation: 'ListParts', effect: { kind: 'refuse', code: 'AccessDenied' } })
    const env = appEnvironment(s3, { AWS_ENDPOINT_URL_S3: '', AWS_REGION: 'eu-west-1' })
    const { document, ids } = await examine(env, { fetch: (request) => s3.s3.fetch(request) })

    expect(ids).toEqual(['permission-ListMultipartUploadParts'])
    expect(document.findings[0]?.fix.command).toMatch(/^aws iam put-role-policy /)
  })

  it('explains that a provider takes no forms, and how to go on', async () => {
    s3 = await startBucket({ profile: 'r2' })
    const { document, ids } = await examine(appEnvironment(s3))
    const put = await runCli(['doctor', '--origin', origin, '--method', 'PUT'], {
      env: appEnvironment(s3),
    })

    expect(ids).toEqual(['post-unsupported'])
    expect(document.findings[0]?.fix.text).toContain("method: 'PUT'")
    expect(put.exitCode).toBe(0)
  })

  it('finds a storage that does not enforce the end of a signature', async () => {
    s3 = await startBucket()
    s3.s3.fault({ operation: 'GetObject', effect: { kind: 'clock', aheadSeconds: -600 } })
    const { exitCode, ids } = await examine(appEnvironment(s3))

    expect([exitCode, ids]).toEqual([1, ['expiry']])
  })

  it('finds a bucket that strangers can read, unless it is meant to be public', async () => {
    s3 = await startBucket()
    const readable = async (request: Request) => {
      const isSigned = request.headers.has('authorization') || request.url.includes('X-Amz-')
      if (request.method !== 'GET' || isSigned) return fetch(request)
      return new Response(sampleText, { headers: { date: new Date().toUTCString() } })
    }
    const { ids } = await examine(appEnvironment(s3), { fetch: readable })
    const meant = await runCli(['doctor', '--origin', origin, '--public'], {
      env: appEnvironment(s3),
      fetch: readable,
    })

    expect([ids, meant.exitCode]).toEqual([['public-access'], 0])
  })

  it.each([
    ['AWS_ENDPOINT_URL_S3', 'https://photos.s3.example.com', 'https://s3.example.com'],
    ['AWS_ENDPOINT_URL_S3', 'https://s3.example.com/photos', 'https://s3.example.com'],
    ['AWS_ENDPOINT_URL_S3', 'https://photos.storage.example.com', 'https://storage.example.com'],
    ['S3_PUBLIC_ENDPOINT', 'https://files.example.com/photos/', 'https://files.example.com'],
  ])('finds the bucket in %s=%s', async (variable, endpoint, right) => {
    s3 = await startBucket()
    const fetch = async (request: Request) =>
      request.url.startsWith('https://photos.storage') && !request.url.endsWith('.com/')
        ? new Response('<Error><Code>NoSuchKey</Code></Error>', { status: 404 })
        : s3.s3.fetch(request)
    const { document, ids } = await examine(appEnvironment(s3, { [variable]: endpoint }), { fetch })

    expect(ids).toEqual(['endpoint-style'])
    expect(document.findings[0]?.fix.command).toBe(`${variable}=${right}`)
  })

  it('refuses credentials in an endpoint without repeating them', async () => {
    s3 = await startBucket()
    const env = appEnvironment(s3, { AWS_ENDPOINT_URL_S3: 'http://admin:hunter2@minio:9000' })
    const { exitCode, output, errors } = await runCli(['doctor', '--origin', origin, '--json'], {
      env,
    })

    expect(exitCode).toBe(2)
    expect(errors).toContain('AWS_ENDPOINT_URL_S3: Has a user name or a password in it')
    expect(output + errors).not.toContain('hunter2')
  })

  it('uploads at the public endpoint, and asks at the other', async () => {
    s3 = await startBucket()
    const hosts = new Map<string, Set<string>>()
    const fetch = async (request: Request) => {
      const { host } = new URL(request.url)
      const isSigned = request.headers.has('authorization') ? 'signed' : 'unsigned'
      hosts.set(host, (hosts.get(host) ?? new Set()).add(`${isSigned} ${request.method}`))
      return s3.s3.fetch(request)
    }
    const env = appEnvironment(s3, {
      AWS_ENDPOINT_URL_S3: 'http://minio:9000',
      S3_PUBLIC_ENDPOINT: 'https://files.example.com',
    })
    const { ids } = await examine(env, { fetch })

    expect(ids).toEqual([])
    for (const method of ['OPTIONS', 'POST', 'PUT']) {
      expect(hosts.get('files.example.com')).toContain(`unsigned ${method}`)
      expect(hosts.get('minio:9000')).not.toContain(`unsigned ${method}`)
    }
    expect(hosts.get('minio:9000')).toContain('signed HEAD')
  })

  it.each([
    ['nothing answers', () => Promise.reject(new TypeError('fetch failed')), 'unreachable'],
    ['there is no such bucket', async () => noBucket(), 'bucket'],
  ])('finds that at the public endpoint %s', async (_, answer, id) => {
    s3 = await startBucket()
    const fetch = (request: Request) =>
      new URL(request.url).host === 'files.example.com' ? answer() : s3.s3.fetch(request)
    const env = appEnvironment(s3, { S3_PUBLIC_ENDPOINT: 'https://files.example.com' })
    const { document, ids } = await examine(env, { fetch })

    expect(ids).toEqual([id])
    expect(document.findings[0]?.problem).toMatch(/^At the public endpoint: /)
    expect(JSON.stringify(document.findings[0]?.fix)).not.toContain('AWS_ENDPOINT_URL_S3')
  })

  /** Whether S3 would be asked to put parts together, and with which header. */
  const isCompletion = ({ method, url }: Request) =>
    method === 'POST' && new URL(url).searchParams.has('uploadId')

  it.each([
    ['InvalidArgument', "Unsupported header 'x-amz-mp-object-size' received for this API call."],
    ['InvalidRequest', 'Unknown header x-amz-mp-object-size'],
  ])(
    'notes that the size of parts is refused with %s, which the handler gets over',
    async (code, message) => {
      s3 = await startBucket()
      const fetch = async (request: Request) =>
        request.headers.has('x-amz-mp-object-size')
          ? refusal(400, code, message)
          : s3.s3.fetch(request)
      const { exitCode, output, ids } = await examine(appEnvironment(s3), { fetch })

      expect([exitCode, ids]).toEqual([0, []])
      expect(output).toContain(`The storage refuses x-amz-mp-object-size (400 ${code}).`)
      expect(await contents()).toEqual([])
    },
  )

  it('finds that parts are not put together under a condition, as the handler asks for it', async () => {
    s3 = await startBucket()
    const fetch = async (request: Request) =>
      isCompletion(request) && request.headers.has('if-none-match')
        ? refusal(501, 'NotImplemented', 'No.')
        : s3.s3.fetch(request)
    const env = appEnvironment(s3)

    expect((await examine(env, { fetch })).ids).toEqual(['unsupported-CompleteMultipartUpload'])
    expect((await examine(env, { fetch }, ['--provider', 'generic'])).ids).toEqual([])
  })

  it('finds that the bucket demands a checksum, and what to set', async () => {
    s3 = await startBucket()
    const message =
      'Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters'
    const fetch = async (request: Request) =>
      request.method === 'PUT' && !request.headers.has('x-amz-checksum-sha256')
        ? refusal(400, 'InvalidRequest', message)
        : s3.s3.fetch(request)
    const { document, ids } = await examine(appEnvironment(s3), { fetch })

    expect(ids).toEqual(['checksum-demanded'])
    expect(document.findings[0]?.fix.text).toContain('requireChecksum: true')
  })

  const altered =
    (change: (headers: Headers, request: Request) => void) => async (request: Request) => {
      const answer = await s3.s3.fetch(request)
      if (!request.headers.has('authorization') || !answer.ok) return answer
      const headers = new Headers(answer.headers)
      change(headers, request)
      return new Response(answer.body, { status: answer.status, headers })
    }

  it.each<[string, (headers: Headers, request: Request) => void]>([
    [
      'HEAD tells no Content-Length',
      (headers, { method }) => method === 'HEAD' && headers.delete('content-length'),
    ],
    ['Something weakens ETags', (headers) => headers.set('etag', `W/${headers.get('etag')}`)],
    [
      'tells the type "text/plain;charset=UTF-8"',
      (headers) => headers.set('content-type', 'text/plain;charset=UTF-8'),
    ],
  ])('notes what the handler overlooks: %s', async (note, change) => {
    s3 = await startBucket()
    const { exitCode, output, ids } = await examine(appEnvironment(s3), { fetch: altered(change) })

    expect([exitCode, ids]).toEqual([0, []])
    expect(JSON.parse(output).checks.flatMap(({ notes }: { notes: string[] }) => notes)).toEqual([
      expect.stringContaining(note),
    ])
  })

  it.each<[string, (headers: Headers, request: Request) => void]>([
    ['changed-type', (headers) => headers.set('content-type', 'text/html')],
    [
      'changed-size',
      (headers, { method }) => method === 'HEAD' && headers.set('content-length', '0'),
    ],
    ['incomplete-head', (headers) => headers.delete('etag')],
  ])('finds what no upload gets over: %s', async (id, change) => {
    s3 = await startBucket()

    expect((await examine(appEnvironment(s3), { fetch: altered(change) })).ids).toEqual([id])
  })

  it('finds an endpoint that nobody answers at', async () => {
    s3 = await startBucket()
    s3.s3.fault({ effect: { kind: 'offline' } })
    const { exitCode, ids } = await examine(appEnvironment(s3))

    expect([exitCode, ids]).toEqual([1, ['unreachable']])
  })

  it('keeps other lifecycle rules in mind', async () => {
    s3 = await startBucket({
      lifecycle: [{ status: 'Enabled', prefix: 'logs/', abortUploadsAfterDays: 1 }],
    })
    const { document, ids } = await examine(appEnvironment(s3))

    expect(ids).toEqual(['lifecycle'])
    expect(document.findings[0]?.fix.json).toMatchObject({
      Rules: [{ Filter: { Prefix: 'logs/' } }, { Filter: { Prefix: 'uploads/' } }],
    })
  })

  it('finds a lifecycle rule that comes too early', async () => {
    s3 = await startBucket({ lifecycle: [{ ...goodLifecycle, abortUploadsAfterDays: 1 }] })

    const { ids, document } = await examine(appEnvironment(s3))

    expect(ids).toEqual(['lifecycle-days'])
    expect(document.findings[0]?.fix.text).toContain('7 days')
  })

  it('names the permissions for tags where the handler tags uploads', async () => {
    s3 = await startBucket()
    s3.s3.fault({ operation: 'PutObject', effect: { kind: 'refuse', code: 'AccessDenied' } })
    const { document } = await examine(appEnvironment(s3), {}, ['--unclaimed', 'tag'])

    expect(JSON.stringify(document.findings)).toContain('"s3:PutObjectTagging"')
  })

  it('uploads with the tag where the handler does', async () => {
    // This profile refuses tags.
    s3 = await startBucket({ profile: 'r2' })
    const put = ['--method', 'PUT']
    const plain = await examine(appEnvironment(s3), {}, put)
    const tagged = await examine(appEnvironment(s3), {}, [...put, '--unclaimed', 'tag'])

    expect(plain.ids).toEqual([])
    expect(tagged.ids).not.toEqual(['lifecycle'])
  })

  it('wants a rule for unclaimed uploads where the handler tags them', async () => {
    s3 = await startBucket()
    const env = appEnvironment(s3)
    const before = await examine(env, {}, ['--unclaimed', 'tag'])
    expect(before.ids).toEqual(['lifecycle'])
    expect(before.document.findings[0]?.problem).toContain('nobody claims')
    const tag = { key: 's3-direct-upload', value: 'pending' }
    const expiry = { status: 'Enabled', prefix: 'uploads/', tag, expireAfterDays: 9 } as const

    await s3.close()
    s3 = await startBucket({ lifecycle: [goodLifecycle, expiry] })
    const after = await examine(appEnvironment(s3), {}, ['--unclaimed', 'tag'])

    expect([after.exitCode, after.ids]).toEqual([0, []])
  })

  it('goes on without permissions that the app does not need, and says what stays', async () => {
    s3 = await startBucket()
    const denied = { kind: 'refuse', code: 'AccessDenied' } as const
    s3.s3.fault({ operation: ['GetBucketLifecycleConfiguration', 'DeleteObject'], effect: denied })
    const { exitCode, document } = await examine(appEnvironment(s3))
    const keys = (await s3.s3.objects('photos')).map(({ key }) => key)

    expect([exitCode, document.ok]).toEqual([0, true])
    expect(document.checks.at(-1)).toMatchObject({ name: 'lifecycle', status: 'noted' })
    expect(document.left.toSorted()).toEqual(keys)
  })

  it.each<S3OperationName>([
    'PostObject',
    'PutObject',
    'CreateMultipartUpload',
    'UploadPart',
    'CompleteMultipartUpload',
    'GetObject',
  ])('goes on when answers to %s are lost, and removes what was written', async (operation) => {
    s3 = await startBucket()
    s3.s3.fault({ operation, effect: { kind: 'lose-answer' } })
    const { exitCode, document, ids } = await examine(appEnvironment(s3))

    expect([exitCode, ids.every((id) => /^no-answer-/.test(id))]).toEqual([1, true])
    expect(ids.length).toBeGreaterThan(0)
    expect(document.checks.at(-1)).toMatchObject({ name: 'lifecycle', status: 'ok' })
    expect([document.left, await contents()]).toEqual([[], []])
  })

  it('names what may stay when it can neither see an answer nor remove anything', async () => {
    s3 = await startBucket()
    const denied = { kind: 'refuse', code: 'AccessDenied' } as const
    const lost = ['PostObject', 'CreateMultipartUpload'] as const
    s3.s3.fault({ operation: lost, effect: { kind: 'lose-answer' } })
    s3.s3.fault({ operation: ['DeleteObject', 'ListMultipartUploads'], effect: denied })
    const { document } = await examine(appEnvironment(s3))
    const stored = (await s3.s3.objects('photos')).map(({ key }) => key)
    const open = (await s3.s3.uploads('photos')).map(({ key }) => `${key} (unfinished upload)`)

    expect(stored.some((key) => key.endsWith('/post.txt'))).toBe(true)
    expect(open.length).toBeGreaterThan(0)
    expect(document.left).toEqual(expect.arrayContaining([...stored, ...open]))
  })

  it('does not speak of what was never written', async () => {
    s3 = await startBucket()
    s3.s3.fault({ effect: { kind: 'refuse', code: 'AccessDenied' } })
    const { document } = await examine(appEnvironment(s3))

    expect(document.left).toEqual([])
  })

  it('writes below a folder of its own alone', async () => {
    const keys = new Set<string | undefined>()
    s3 = await startBucket({ onRequest: ({ method, key }) => method !== 'GET' && keys.add(key) })
    await examine(appEnvironment(s3))
    keys.delete(undefined)

    expect(keys.size).toBeGreaterThan(3)
    for (const key of keys) expect(key).toMatch(/^uploads\/\.s3-direct-upload-doctor\//)
  })

  it('writes lines for people, and no secret or signature in any', async () => {
    s3 = await startBucket({ lifecycle: undefined, ...withCors({ allowedMethods: ['POST'] }) })
    const env = appEnvironment(s3)
    const { output, errors } = await runCli(['doctor', '--origin', origin], { env })

    expect(output).toMatch(/^✓ [\s\S]*\n✗ [\s\S]*\n {4}Fix: [\s\S]*\n2 findings\.$/)
    expect(output + errors).not.toMatch(/X-Amz-Signature|a-very-secret-key|AKIACLITEST/)
  })

  it('removes what it wrote when it is stopped', async () => {
    const stop = new AbortController()
    s3 = await startBucket({
      onRequest: ({ operation }) => operation === 'PutObject' && stop.abort(),
    })
    const { exitCode } = await runCli(['doctor', '--origin', origin], {
      env: appEnvironment(s3),
      signal: stop.signal,
    })

    expect(exitCode).toBe(1)
    expect(await contents()).toEqual([])
  })
})

function noBucket(): Response {
  return refusal(404, 'NoSuchBucket', 'none')
}

function refusal(status: number, code: string, message: string): Response {
  const error = `<Error><Code>${code}</Code><Message>${message}</Message></Error>`
  return new Response(error, { status, headers: { 'content-type': 'application/xml' } })
}
