import { describe, expect, it, vi } from 'vitest'
import type { SignedPost, SignedPut } from '../../../src/protocol/operations.js'
import type { Credentials } from '../../../src/sigv4/credentials.js'
import { createTestHandler, errorOf, file, startOfTests } from '../handler-setup.js'

const checksum = '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='

async function signPost(...args: Parameters<ReturnType<typeof createTestHandler>['signOne']>) {
  // The handler is set to POST.
  return (await createTestHandler().signOne(...args)) as SignedPost
}

async function signPut(...args: Parameters<ReturnType<typeof createTestHandler>['signOne']>) {
  // The handler is set to PUT.
  return (await createTestHandler({ method: 'PUT' }).signOne(...args)) as SignedPut
}

function policyOf({ fields }: SignedPost): { expiration: string; conditions: unknown[] } {
  return JSON.parse(atob(fields.policy ?? ''))
}

describe('sign-uploads by POST', () => {
  it('signs exactly this key, type and size', async () => {
    const signed = await signPost()

    expect(signed).toMatchObject({
      method: 'POST',
      url: 'https://s3.test/uploads',
      expiresInSeconds: 600,
    })
    expect(policyOf(signed)).toMatchObject({ expiration: '2026-03-04T05:16:07.000Z' })
    expect(policyOf(signed).conditions).toEqual(
      expect.arrayContaining([
        { bucket: 'uploads' },
        { key: signed.key },
        { 'Content-Type': 'image/jpeg' },
        { success_action_status: '201' },
        ['content-length-range', 1234, 1234],
      ]),
    )
  })

  it('has a condition for every field and no other field', async () => {
    const signed = await signPost({ type: 'text/html', checksum })
    const { policy: _, 'x-amz-signature': __, ...fields } = signed.fields
    const conditions = policyOf(signed).conditions.filter((condition) => !Array.isArray(condition))

    expect(Object.assign({}, ...conditions)).toEqual({ ...fields, bucket: 'uploads' })
  })

  it('binds the bytes when their checksum is known', async () => {
    const { fields } = await signPost({ checksum })

    expect(fields).toMatchObject({
      'x-amz-checksum-algorithm': 'SHA256',
      'x-amz-checksum-sha256': checksum,
    })
  })

  it('signs without a checksum when there is none', async () => {
    const { fields } = await signPost()

    expect(Object.keys(fields).filter((name) => name.includes('checksum'))).toEqual([])
  })
})

describe('sign-uploads by PUT', () => {
  it('signs key, type and size, and that nothing is replaced', async () => {
    const { url, key, headers } = await signPut({ checksum })
    const { pathname, searchParams } = new URL(url)

    expect(pathname).toBe(`/uploads/${key}`)
    expect(searchParams.get('X-Amz-SignedHeaders')).toBe(
      'content-length;content-type;host;if-none-match;x-amz-checksum-sha256;x-amz-sdk-checksum-algorithm',
    )
    expect(searchParams.get('X-Amz-Expires')).toBe('600')
    expect(headers).toEqual({
      'content-type': 'image/jpeg',
      'if-none-match': '*',
      'x-amz-checksum-sha256': checksum,
      'x-amz-sdk-checksum-algorithm': 'SHA256',
    })
  })

  it('leaves the condition out where overwriting is allowed', async () => {
    const server = createTestHandler({ method: 'PUT', overwrite: 'allow' })

    const { url, headers } = (await server.signOne()) as SignedPut

    expect(new URL(url).searchParams.get('X-Amz-SignedHeaders')).toBe(
      'content-length;content-type;host',
    )
    expect(headers).toEqual({ 'content-type': 'image/jpeg' })
  })
})

describe('the signed content type', () => {
  it.each([
    ['image/png', 'image/png'],
    ['', 'application/octet-stream'],
    ['image/png,text/html', 'application/octet-stream'],
    ['x\r\nevil: y', 'application/octet-stream'],
    ['*/*', 'application/octet-stream'],
  ])('of a file declared as %j is %s', async (type, signedType) => {
    const [post, put] = [await signPost({ type }), await signPut({ type })]

    expect(post.fields['Content-Type']).toBe(signedType)
    expect(put.headers['content-type']).toBe(signedType)
  })

  it.each(['', 'application/octet-stream'])(
    'of a file declared as %j is that of its extension where types are accepted',
    async (type) => {
      const server = createTestHandler({ rules: { accept: ['image/*'] } })

      const { files } = await server.run('sign-uploads', {
        files: [file({ type, name: 'IMG_1.HEIC' }), file({ type, name: 'evil.exe' })],
      })

      expect(files).toMatchObject([
        { fields: { 'Content-Type': 'image/heic' } },
        { error: { code: 'file-type-not-accepted' } },
      ])
    },
  )

  it.each(['text/html', 'image/svg+xml', 'application/xhtml+xml', 'text/javascript'])(
    'makes browsers save %s instead of running it',
    async (type) => {
      const changes = { name: 'naïve.html', type }
      const disposition = `attachment; filename="naive.html"; filename*=UTF-8''na%C3%AFve.html`
      const [post, put] = [await signPost(changes), await signPut(changes)]

      expect(post.fields['Content-Disposition']).toBe(disposition)
      expect(put.headers['content-disposition']).toBe(disposition)
      expect(put.url).toContain('content-disposition')
    },
  )

  it('leaves harmless types to be shown', async () => {
    expect((await signPost()).fields).not.toHaveProperty('Content-Disposition')
  })
})

describe('the key', () => {
  it('is made by the server: prefix, 128 random bits, safe name', async () => {
    const { key } = await signPost({ name: '../../Träume & Co.PNG' })

    expect(key).toMatch(/^files\/[0-9a-f]{32}\/Traume-Co\.PNG$/)
  })

  it('is a new one at every signing', async () => {
    const server = createTestHandler()

    const [first, second] = [await server.signOne(), await server.signOne()]

    expect(first.key).not.toBe(second.key)
  })

  it.each([
    'a/../../b',
    '/etc/passwd',
    'nul\0.txt',
    'x\u202Egpj.exe',
    '😀😀',
    `${'é'.repeat(600)}.jpg`,
    '__proto__',
    '%2e%2e%2fx',
    'a\\..\\b',
    '\uD800',
  ])('stays under the prefix for a file named %j', async (name) => {
    const { key } = await signPost({ name })

    expect(key).toMatch(/^files\/[0-9a-f]{32}\/[A-Za-z0-9_][A-Za-z0-9._-]{0,150}$/)
  })

  it('cannot be chosen by the page, nor can bucket or prefix', async () => {
    const wishes = { key: 'evil', prefix: 'evil/', bucket: 'evil', owner: 'evil', handler: 'evil' }
    const server = createTestHandler()

    const { files } = await server.run('sign-uploads', {
      ...wishes,
      files: [{ ...file(), ...wishes }],
    })

    expect(atob(JSON.stringify(files).match(/v1\.([^.]+)/)?.[1] ?? '')).not.toContain('evil')
    expect(JSON.stringify(files)).not.toContain('evil')
  })

  it('comes from the given randomness', async () => {
    const randomBytes = (length: number) => new Uint8Array(length).fill(7)

    const { key } = await createTestHandler({ randomBytes }).signOne()

    expect(key).toBe(`files/${'07'.repeat(16)}/photo.jpg`)
  })
})

describe('a batch', () => {
  it('of 100 files is signed in order, each with a key of its own', async () => {
    const files = Array.from({ length: 100 }, (_, index) =>
      file({ id: crypto.randomUUID(), size: index }),
    )

    const response = await createTestHandler().run('sign-uploads', { files })

    expect(response.files.map(({ id }) => id)).toEqual(files.map(({ id }) => id))
    expect(new Set(response.files.map((signed) => 'key' in signed && signed.key)).size).toBe(100)
  })

  it('of more than 100 files is refused', async () => {
    const files = Array.from({ length: 101 }, () => file())

    const response = await createTestHandler().post({ operation: 'sign-uploads', files })

    expect(await errorOf(response)).toMatchObject({ code: 'invalid-request' })
  })

  it('asks for the credentials once', async () => {
    const credentials = vi.fn(async () => ({ accessKeyId: 'a', secretAccessKey: 'b' }))

    await createTestHandler({ credentials }).run('sign-uploads', { files: [file(), file()] })

    expect(credentials).toHaveBeenCalledTimes(1)
  })

  it('goes on past a file that the rules refuse', async () => {
    const server = createTestHandler({ rules: { maxFileSize: '1kB', accept: ['image/*', '.pdf'] } })

    const { files } = await server.run('sign-uploads', {
      files: [
        file({ size: 1000 }),
        file({ size: 1001 }),
        file({ size: 1, type: 'text/html' }),
        file({ size: 1, type: '', name: 'a.PDF' }),
      ],
    })

    expect(files.map((answer) => ('error' in answer ? answer.error : answer.method))).toEqual([
      'POST',
      {
        code: 'file-too-large',
        message: expect.stringMatching(/^s3-direct-upload: .* 1 kB of rules\.maxFileSize\./),
        retryable: false,
      },
      {
        code: 'file-type-not-accepted',
        message: expect.stringMatching(/^s3-direct-upload: .* only image\/\*, \.pdf\./),
        retryable: false,
      },
      'POST',
    ])
  })

  it('goes on past a malformed file', async () => {
    const id = crypto.randomUUID()
    const metadata = { caption: 'x'.repeat(2049) }

    const { files } = await createTestHandler().run('sign-uploads', {
      files: [file(), { ...file({ id }), metadata }, null, file()],
    })

    expect(files).toMatchObject([
      { method: 'POST' },
      {
        id,
        error: {
          code: 'invalid-request',
          message: expect.stringMatching(/^s3-direct-upload: files\.1\.metadata\.caption: /),
          retryable: false,
        },
      },
      {
        error: {
          code: 'invalid-request',
          message: expect.stringMatching(/^s3-direct-upload: files\.2: /),
        },
      },
      { method: 'POST' },
    ])
  })

  it('refuses what S3 does not take in one request', async () => {
    const server = createTestHandler({
      multipartThreshold: false,
      rules: { maxFileSize: '50GB' },
    })

    const { files } = await server.run('sign-uploads', {
      files: [file({ size: 5 * 2 ** 30 + 1 }), file({ size: 5 * 2 ** 30 })],
    })

    expect(files[0]).toMatchObject({ error: { code: 'file-too-large' } })
    expect(files[1]).toMatchObject({ method: 'POST' })
  })

  it('refuses what would not fit into a token', async () => {
    const { files } = await createTestHandler().run('sign-uploads', {
      files: [
        file({ metadata: { note: 'é'.repeat(1100) } }),
        file({ relativePath: 'x'.repeat(2000) }),
      ],
    })

    expect(files[0]).toMatchObject({
      error: {
        code: 'invalid-request',
        message: expect.stringContaining(
          'name, relativePath and metadata: are longer than 2048 bytes',
        ),
      },
    })
    expect(files[1]).toMatchObject({ method: 'POST' })
  })
})

describe('the life of a signature', () => {
  const lackOfCredentials = Object.assign(new Error('Could not load credentials'), {
    name: 'CredentialsProviderError',
  })
  const credentialsFor = (seconds: number) => async () => ({
    accessKeyId: 'a',
    secretAccessKey: 'b',
    sessionToken: 'temporary',
    expiration: new Date(startOfTests.getTime() + seconds * 1000),
  })

  it('ends with the credentials', async () => {
    const signed = await createTestHandler({ credentials: credentialsFor(30) }).signOne()

    expect(signed.expiresInSeconds).toBe(30)
    expect(policyOf(signed as SignedPost).expiration).toBe('2026-03-04T05:06:37.000Z')
  })

  it('is the configured one while the credentials live longer', async () => {
    const server = createTestHandler({
      credentials: credentialsFor(3600),
      signatureLifetimeSeconds: 900,
    })

    expect((await server.signOne()).expiresInSeconds).toBe(900)
  })

  it('is read from a date in text too', async () => {
    const credentials = async () => ({
      accessKeyId: 'a',
      secretAccessKey: 'b',
      // As it stands in the JSON of a metadata service, which the type does not allow.
      expiration: '2026-03-04T05:06:37Z' as unknown as Date,
    })

    expect((await createTestHandler({ credentials }).signOne()).expiresInSeconds).toBe(30)
  })

  it('is refused with a reason when the credentials end at no date', async () => {
    const onError = vi.fn()
    const credentials = async () => ({
      accessKeyId: 'a',
      secretAccessKey: 'b',
      expiration: new Date('soon'),
    })
    const server = createTestHandler({ credentials, onError })

    const response = await server.post({ operation: 'sign-uploads', files: [file()] })

    expect(await errorOf(response)).toMatchObject({ code: 'misconfigured' })
    expect(String(onError.mock.calls[0]?.[0].cause)).toContain('"Invalid Date", which is no date')
  })

  it.each([
    ['have expired', credentialsFor(0)],
    ['cannot be fetched', () => Promise.reject(new Error('metadata service away'))],
  ])('does not begin when the credentials %s', async (_, credentials) => {
    const onError = vi.fn()
    const server = createTestHandler({ credentials, onError })

    const response = await server.post({ operation: 'sign-uploads', files: [file()] })

    expect(await errorOf(response)).toMatchObject({ code: 'storage-error', retryable: true })
    expect(onError).toHaveBeenCalledTimes(1)
  })

  it.each([
    ['are not found anywhere', () => Promise.reject(lackOfCredentials)],
    ['have half a key', async () => ({ accessKeyId: 'a', secretAccessKey: '' })],
    // Deliberately not what the types ask for.
    ['are none', async () => undefined as unknown as Credentials],
  ])('asks nobody to try again when the credentials %s', async (_, credentials) => {
    const onError = vi.fn()
    const server = createTestHandler({ credentials, onError })

    const response = await server.post({ operation: 'sign-uploads', files: [file()] })

    expect(await errorOf(response)).toMatchObject({ code: 'misconfigured', retryable: false })
    expect(onError).toHaveBeenCalledTimes(1)
  })

  it('carries the session token', async () => {
    const { fields } = (await createTestHandler({
      credentials: credentialsFor(600),
    }).signOne()) as SignedPost

    expect(fields['x-amz-security-token']).toBe('temporary')
  })
})
