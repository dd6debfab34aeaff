import { describe, expect, it, vi } from 'vitest'
import { type ErrorCode, errorCodes } from '../../src/protocol/error-response.js'
import type { SigningOptions } from '../../src/server/contract/signing-options.js'
import { createSigningHandler } from '../../src/server/create-signing-handler.js'
import { SigningError } from '../../src/server/errors/signing-error.js'
import { maxBodyBytes } from '../../src/server/http/request-body.js'
import { configFromEnv } from '../../src/server/node/config-from-env.js'
import {
  bucketOf,
  createTestHandler,
  credentials,
  endpoint,
  errorOf,
  file,
  jsonRequest,
  options,
  secret,
  startOfTests,
  storedPhoto,
} from './handler-setup.js'
import { codeOf, createPair } from './multipart-setup.js'

const signing = { operation: 'sign-uploads', files: [file()] }

/** Completes one upload and returns the code of its refusal. */
async function completionCode(changes: Partial<SigningOptions>): Promise<string | undefined> {
  const server = createTestHandler(changes)
  const { token } = await server.signOne()
  const { uploads } = await server.run('complete-uploads', { uploads: [{ token }] })
  const [upload] = uploads
  return upload !== undefined && 'error' in upload ? upload.error.code : undefined
}

/** Signs one file that is refused and returns the code. */
async function fileCode(rules: SigningOptions['rules'], size = 1234): Promise<string | undefined> {
  const server = createTestHandler({ rules })
  const { files } = await server.run('sign-uploads', { files: [file({ size })] })
  const [refused] = files
  return refused !== undefined && 'error' in refused ? refused.error.code : undefined
}

async function requestCode(body: unknown, changes: Partial<SigningOptions> = {}) {
  return (await errorOf(await createTestHandler(changes).post(body))).code
}

async function tokenCode(token: string, changes: Partial<SigningOptions> = {}) {
  const server = createTestHandler(changes)
  const { uploads } = await server.run('abort-uploads', { tokens: [token] })
  const [upload] = uploads
  return upload !== undefined && 'error' in upload ? upload.error.code : undefined
}

const refusing = (code: ErrorCode) => () => {
  throw new SigningError(code, 'No.')
}

const s3Error = (status: number, code: string) => async () =>
  new Response(`<Error><Code>${code}</Code><Message>No.</Message></Error>`, { status })

/** One way to each code of the protocol. */
const ways: Record<ErrorCode, () => Promise<string | undefined>> = {
  'invalid-request': () => requestCode({ operation: 'sign-uploads' }),
  'request-too-large': () => requestCode('x'.repeat(maxBodyBytes + 1)),
  'request-timeout': async () => {
    vi.useFakeTimers()
    const body = new ReadableStream()
    const headers = { 'content-type': 'application/json' }
    const init = { method: 'POST', headers, body, duplex: 'half' }
    const answer = createTestHandler().handler(new Request(endpoint, init))
    await vi.advanceTimersByTimeAsync(60_000)
    vi.useRealTimers()
    return (await errorOf(await answer)).code
  },
  'unsupported-media-type': async () => {
    const request = jsonRequest(signing, { 'content-type': 'text/plain' })
    return (await errorOf(await createTestHandler().handler(request))).code
  },
  'method-not-allowed': async () =>
    (await errorOf(await createTestHandler().handler(new Request(endpoint)))).code,
  'origin-not-allowed': async () => {
    const response = await createTestHandler().post(signing, { origin: 'https://evil.example' })
    return (await errorOf(response)).code
  },
  unauthorized: () => requestCode(signing, { authorize: () => null }),
  forbidden: () => requestCode(signing, { authorize: refusing('forbidden') }),
  'unsupported-operation': () => requestCode({ operation: 'delete-objects' }),
  'file-too-large': () => fileCode({ maxFileSize: 1233 }),
  'file-too-small': () => fileCode({ minFileSize: '2kB' }),
  'file-type-not-accepted': () => fileCode({ accept: ['.pdf'] }),
  'too-many-files': () =>
    requestCode({ ...signing, files: [file(), file()] }, { rules: { maxFiles: 1 } }),
  'quota-exceeded': () => requestCode(signing, { quota: () => 'Your disk is full.' }),
  'invalid-token': () => tokenCode('v1.x.y'),
  'expired-token': async () => {
    const { token } = await createTestHandler().signOne()
    return tokenCode(token, { now: () => new Date(startOfTests.getTime() + 86_400_000) })
  },
  'upload-not-found': () => completionCode({}),
  'object-not-found': async () => {
    const server = createTestHandler({ authorizeDownload: () => true })
    const { files } = await server.run('sign-downloads', { files: [{ key: 'files/a.txt' }] })
    return codeOf(files[0])
  },
  'size-mismatch': () =>
    completionCode({ fetch: bucketOf({ ...storedPhoto, 'content-length': '1235' }) }),
  'type-mismatch': () =>
    completionCode({ fetch: bucketOf({ ...storedPhoto, 'content-type': 'text/html' }) }),
  'checksum-mismatch': async () => {
    const stored = { ...storedPhoto, 'x-amz-checksum-sha256': `${'B'.repeat(43)}=` }
    const server = createTestHandler({ fetch: bucketOf(stored) })
    const { token } = await server.signOne({ checksum: `${'A'.repeat(43)}=` })
    const { uploads } = await server.run('complete-uploads', { uploads: [{ token }] })
    return codeOf(uploads[0])
  },
  'upload-gone': async () => {
    const { complete, abort, upload } = createPair()
    const { token } = await upload()
    await abort(token)
    return codeOf(await complete(token))
  },
  'parts-missing': async () => {
    const { complete, sign } = createPair()
    return codeOf(await complete((await sign()).token))
  },
  'upload-exists': async () => {
    const { complete, upload, trySign } = createPair()
    await complete((await upload()).token)
    return codeOf(await trySign())
  },
  'completion-failed': () =>
    completionCode({
      fetch: bucketOf(storedPhoto),
      onUploadComplete: () => Promise.reject(new Error('database away')),
    }),
  'storage-error': () => completionCode({ fetch: s3Error(400, 'ExpiredToken') }),
  'storage-refused': () => completionCode({ fetch: s3Error(403, 'InvalidAccessKeyId') }),
  'rate-limited': () => requestCode(signing, { authorize: refusing('rate-limited') }),
  misconfigured: () =>
    requestCode(signing, { credentials: async () => ({ ...credentials, accessKeyId: '' }) }),
  'internal-error': () => requestCode(signing, { authorize: () => Promise.reject(new Error('?')) }),
}

describe('every refusal', () => {
  it.each(Object.entries(ways))('%s can be reached', async (code, way) => {
    expect(await way()).toBe(code)
  })

  it.each<[ErrorCode, number]>([
    ['unauthorized', 401],
    ['forbidden', 403],
    ['rate-limited', 429],
  ])('answers %s with status %d', async (code, status) => {
    const server = createTestHandler({ authorize: refusing(code) })

    const refusal = await errorOf(await server.post(signing))

    expect(refusal).toEqual({ status, code, message: 'No.', retryable: errorCodes[code].retryable })
  })

  it('is never kept by a cache', async () => {
    const server = createTestHandler()
    const answers = [await server.post(signing), await server.post('nonsense')]

    expect(answers.map(({ status }) => status)).toEqual([200, 400])
    expect(answers.map(({ headers }) => headers.get('cache-control'))).toEqual([
      'no-store',
      'no-store',
    ])
  })

  it('says when to come back if the app knows', async () => {
    const authorize = () => {
      throw new SigningError('rate-limited', 'Slower, please.', { retryAfterSeconds: 1.5 })
    }

    const response = await createTestHandler({ authorize }).post(signing)

    expect(response.headers.get('retry-after')).toBe('2')
  })

  it('names the methods that are answered', async () => {
    const response = await createTestHandler().handler(new Request(endpoint, { method: 'DELETE' }))

    expect(response.headers.get('allow')).toBe('POST, OPTIONS')
  })
})

describe('the body', () => {
  it.each([
    ['files', { operation: 'sign-uploads' }],
    ['files', { operation: 'sign-uploads', files: [] }],
    ['files', { operation: 'sign-uploads', files: { 0: file() } }],
    ['files', { operation: 'sign-uploads', files: Array(101).fill(file()) }],
    ['attempt', { operation: 'sign-uploads', files: [file()], attempt: 0 }],
    ['uploads', { operation: 'complete-uploads' }],
    ['tokens', { operation: 'abort-uploads', tokens: 'v1' }],
    ['operation', {}],
    ['operation', { operation: 7 }],
    ['operation', []],
    ['body', null],
  ])('is refused with the field %s named', async (field, body) => {
    const { code, message } = await errorOf(await createTestHandler().post(body))

    expect(code).toBe('invalid-request')
    expect(message.split(': ', 2)).toEqual(['s3-direct-upload', field])
  })

  it.each(['', '{', 'undefined', '{"operation":"sign-uploads"'])(
    'is refused as %j',
    async (text) => {
      const { code, message } = await errorOf(await createTestHandler().post(text))

      expect([code, message]).toEqual([
        'invalid-request',
        's3-direct-upload: body: is not valid JSON. Send the JSON of one operation.',
      ])
    },
  )

  it('is refused when it is not UTF-8', async () => {
    const request = new Request(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: new Uint8Array([0x22, 0xff, 0x22]),
    })

    expect(await errorOf(await createTestHandler().handler(request))).toMatchObject({
      code: 'invalid-request',
      message: 's3-direct-upload: body: is not valid UTF-8. Send JSON in UTF-8.',
    })
  })

  it('is not read to its end when it is too long', async () => {
    let chunks = 0
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        chunks += 1
        controller.enqueue(new Uint8Array(100_000))
      },
    })
    const headers = { 'content-type': 'application/json' }
    const init = { method: 'POST', headers, body, duplex: 'half' }

    const response = await createTestHandler().handler(new Request(endpoint, init))

    expect((await errorOf(response)).status).toBe(413)
    expect(chunks).toBeLessThan(15)
  })

  it('is not read at all when it announces too much', async () => {
    const request = jsonRequest(signing, { 'content-length': String(maxBodyBytes + 1) })

    const response = await createTestHandler().handler(request)

    expect(response.status).toBe(413)
    expect(request.bodyUsed).toBe(false)
  })

  it('is refused when it breaks off', async () => {
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.error(new Error('connection lost')),
    })
    const headers = { 'content-type': 'application/json' }
    const init = { method: 'POST', headers, body, duplex: 'half' }

    const response = await createTestHandler().handler(new Request(endpoint, init))

    expect(await errorOf(response)).toMatchObject({ code: 'invalid-request' })
  })

  it('may say that it is JSON with a parameter', async () => {
    const headers = { 'content-type': 'Application/JSON; charset=utf-8' }

    expect((await createTestHandler().post(signing, headers)).status).toBe(200)
  })

  it('does not come back in a refusal in its full length', async () => {
    const metadata = { ['k'.repeat(100_000)]: 'v' }
    const server = createTestHandler()

    const answers = [
      await server.post({ ...signing, files: [{ ...file(), metadata }] }),
      await server.post({ ...signing, attempt: 'k'.repeat(100_000) }),
    ]

    for (const answer of answers) expect((await answer.text()).length).toBeLessThan(500)
  })
})

describe('what the server is to blame for', () => {
  it('is told to onError and not to the client', async () => {
    const onError = vi.fn()
    const failure = new Error(`password of the database: ${secret}`)

    const response = await createTestHandler({
      authorize: () => Promise.reject(failure),
      onError,
    }).post(signing)

    expect(onError.mock.calls).toEqual([[failure]])
    expect(await response.text()).not.toContain('password')
  })

  it('is logged when there is no onError', async () => {
    const logged = vi.spyOn(console, 'error').mockImplementation(() => {})
    const failure = new Error('?')

    await createTestHandler({ authorize: () => Promise.reject(failure), onError: undefined }).post(
      signing,
    )

    expect(logged.mock.calls).toEqual([['s3-direct-upload:', failure]])
  })

  it.each<[string, () => unknown]>([
    [
      'throws',
      () => {
        throw new Error('logger away')
      },
    ],
    ['rejects', () => Promise.reject(new Error('logger away'))],
  ])('is answered too when onError %s, and both are logged', async (_, onError) => {
    const logged = vi.spyOn(console, 'error').mockImplementation(() => {})
    const failure = new Error('?')
    const authorize = () => Promise.reject(failure)

    const response = await createTestHandler({ authorize, onError }).post(signing)

    expect(response.status).toBe(500)
    await vi.waitFor(() =>
      expect(logged.mock.calls.flat()).toEqual(
        expect.arrayContaining([failure, new Error('logger away')]),
      ),
    )
  })

  it('takes no other upload of the batch along when onError throws', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    const onUploadComplete = vi.fn().mockRejectedValueOnce(new Error('database away'))
    const onError = () => {
      throw new Error('logger away')
    }
    const server = createTestHandler({ fetch: bucketOf(storedPhoto), onUploadComplete, onError })
    const signed = [await server.signOne(), await server.signOne()]

    const { uploads } = await server.run('complete-uploads', {
      uploads: signed.map(({ token }) => ({ token })),
    })

    expect(uploads).toMatchObject([
      { error: { code: 'completion-failed' } },
      { receipt: expect.any(String) },
    ])
  })

  it('includes a body that was read before', async () => {
    const onError = vi.fn()
    const request = jsonRequest(signing)
    await request.text()

    const response = await createTestHandler({ onError }).handler(request)

    expect(response.status).toBe(500)
    expect(String(onError.mock.calls[0]?.[0].cause)).toContain('the request body was read before')
  })

  it('does not include a refusal of the app', async () => {
    const onError = vi.fn()

    await createTestHandler({ authorize: refusing('forbidden'), onError }).post(signing)

    expect(onError).not.toHaveBeenCalled()
  })
})

describe('options that are given as a function', () => {
  it('are read at the first request, and once', async () => {
    const read = vi.fn(() => options)
    const handler = createSigningHandler(read)
    expect(read).not.toHaveBeenCalled()

    const answers = [await handler(jsonRequest(signing)), await handler(jsonRequest(signing))]

    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    expect(read).toHaveBeenCalledTimes(1)
  })

  it('fail at the request when variables are missing, which the log names', async () => {
    const logged = vi.spyOn(console, 'error').mockImplementation(() => {})
    const handler = createSigningHandler(() => ({
      ...configFromEnv({ env: { AWS_REGION: 'eu-west-1' } }),
      authorize: () => ({ owner: 'ada' }),
    }))

    const refusal = await errorOf(await handler(jsonRequest(signing)))

    expect(refusal).toEqual({
      status: 500,
      code: 'misconfigured',
      message: expect.stringMatching(/^s3-direct-upload: the server is not set up .* onError /),
      retryable: false,
    })
    expect(String(logged.mock.calls[0]?.[1])).toMatch(/S3_BUCKET: is not set.*S3_UPLOAD_SECRET/s)
  })

  it('are read again when they were unusable', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    let bucket = ''
    const handler = createSigningHandler(() => ({ ...options, bucket }))
    const refused = await handler(jsonRequest(signing))
    bucket = 'uploads'

    const signed = await handler(jsonRequest(signing))

    expect([refused.status, signed.status]).toEqual([500, 200])
  })
})
