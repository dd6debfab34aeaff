import { describe, expect, it, vi } from 'vitest'
import type { QuotaAnswer, QuotaRequest } from '../../../src/server/contract/rules.js'
import { SigningError } from '../../../src/server/errors/signing-error.js'
import { createTestHandler, errorOf, file } from '../handler-setup.js'
import { codeOf, createPair, unlistable } from '../multipart-setup.js'

describe('quota', () => {
  it('hears what the rules let pass, and of whom', async () => {
    const quota = vi.fn<(request: QuotaRequest) => QuotaAnswer>(() => true)
    const server = createTestHandler({ quota, rules: { maxFileSize: 100 } })

    await server.run('sign-uploads', {
      attempt: 2,
      files: [file({ size: 10 }), file({ size: 20 }), file({ size: 101 })],
    })

    expect(quota.mock.calls).toEqual([
      [
        {
          caller: { owner: 'ada' },
          attempt: 2,
          totalBytes: 30,
          files: [expect.objectContaining({ size: 10 }), expect.objectContaining({ size: 20 })],
          openUploads: undefined,
        },
      ],
    ])
  })

  it.each<[QuotaAnswer, unknown]>([
    ['Your 5 GB are used up.', 'Your 5 GB are used up.'],
    [
      false,
      expect.stringMatching(/^s3-direct-upload: quota returned false: .* to tell users why\.$/),
    ],
  ])('refuses all files with %j', async (answer, message) => {
    const server = createTestHandler({ quota: async () => answer })

    const response = await server.post({ operation: 'sign-uploads', files: [file()] })

    expect(await errorOf(response)).toEqual({
      status: 403,
      code: 'quota-exceeded',
      message,
      retryable: false,
    })
  })

  it('refuses in the words of the app when it throws them', async () => {
    const quota = () => {
      throw new SigningError('rate-limited', 'Slowly.', { retryAfterSeconds: 7 })
    }
    const response = await createTestHandler({ quota }).post({
      operation: 'sign-uploads',
      files: [file()],
    })

    expect(response.headers.get('retry-after')).toBe('7')
    expect(await errorOf(response)).toMatchObject({ status: 429, message: 'Slowly.' })
  })

  it.each([null, '', 0, {}])('signs nothing when it answers %j', async (answer) => {
    const onError = vi.fn()
    // Deliberately not what the types ask for.
    const quota = (() => answer) as unknown as () => QuotaAnswer
    const server = createTestHandler({ quota, onError })

    const response = await server.post({ operation: 'sign-uploads', files: [file()] })

    expect((await errorOf(response)).code).toBe('internal-error')
    expect(String(onError.mock.calls[0]?.[0])).toContain('Return the reason as text to refuse')
  })
})

describe('maxOpenUploads', () => {
  const id = () => crypto.randomUUID()

  it('refuses the upload beyond it, and allows it when another is over', async () => {
    const { trySign, sign, abort } = createPair({ options: { maxOpenUploads: 2 } })
    const { token } = await sign({ id: id() })
    await sign({ id: id() })

    expect(codeOf(await trySign({ id: id() }))).toBe('quota-exceeded')
    await abort(token)
    expect(await trySign({ id: id() })).toHaveProperty('method', 'MULTIPART')
  })

  it('holds within one request, and small files pass', async () => {
    const { run } = createPair({ options: { maxOpenUploads: 1 } })
    const large = { name: 'clip.mp4', type: 'video/mp4', size: 3 * 2 ** 20 }

    const { files } = await run('sign-uploads', {
      files: [file({ ...large, id: id() }), file({ ...large, id: id() }), file({ id: id() })],
    })

    expect(files).toMatchObject([
      { method: 'MULTIPART' },
      {
        error: {
          code: 'quota-exceeded',
          message: expect.stringContaining('maxOpenUploads allows 1 '),
        },
      },
      { method: 'POST' },
    ])
  })

  it.each(['one handler', 'handlers of one process'])(
    'holds for requests that come to %s at the same moment',
    async (handlers) => {
      const first = createPair({ options: { maxOpenUploads: 2 } })
      const fetch = (request: Request) => first.s3.fetch(request)
      const other = createPair({ options: { maxOpenUploads: 2, fetch } })
      const second = handlers === 'one handler' ? first : other

      const answers = await Promise.all(
        [first, second, first, second, first].map(({ trySign }) => trySign({ id: id() })),
      )

      expect(answers.map(codeOf).filter(Boolean)).toEqual(Array(3).fill('quota-exceeded'))
      expect(await first.s3.uploads('uploads')).toHaveLength(2)
    },
  )

  it('begins nothing for a page that stopped waiting for its turn', async () => {
    const page = new AbortController()
    const quota = async () => {
      page.abort()
      return true
    }
    const { post, s3 } = createPair({ options: { maxOpenUploads: 1, quota } })
    const body = { operation: 'sign-uploads', files: [file({ size: 3 * 2 ** 20 })] }

    await post(body, 'ada', page.signal)

    expect(await s3.uploads('uploads')).toEqual([])
  })

  it('takes up what was begun under an older secret', async () => {
    const older = 'an older secret of the tests, long enough'
    const newer = 'a newer secret of the tests, long enough'
    const before = createPair({ options: { maxOpenUploads: 1, secret: older } })
    const { key } = await before.sign()
    const fetch = (request: Request) => before.s3.fetch(request)
    const after = createPair({ options: { maxOpenUploads: 1, secret: [newer, older], fetch } })

    expect(await after.sign()).toMatchObject({ key })
    expect(await before.s3.uploads('uploads')).toHaveLength(1)
  })

  it('counts an owner alone', async () => {
    const { trySign } = createPair({ options: { maxOpenUploads: 1 } })
    await trySign({ id: id() }, 1, 'eve')

    expect(await trySign({ id: id() })).toHaveProperty('method', 'MULTIPART')
    expect(codeOf(await trySign({ id: id() }, 1, 'eve'))).toBe('quota-exceeded')
  })

  it('lets the same file be signed again when its answer was lost', async () => {
    const { trySign, s3 } = createPair({ options: { maxOpenUploads: 1 } })
    const first = await trySign()

    const again = await trySign({}, 2)

    expect(again).toMatchObject({ method: 'MULTIPART', key: first && 'key' in first && first.key })
    expect(await s3.uploads('uploads')).toHaveLength(1)
  })

  it('takes up the open upload of a file that is signed again as if for the first time', async () => {
    const { trySign, s3 } = createPair({ options: { maxOpenUploads: 1 } })
    await trySign()

    expect(await trySign()).toHaveProperty('method', 'MULTIPART')
    expect(await s3.uploads('uploads')).toHaveLength(1)
  })

  it.each([1, 2])(
    'begins one upload for a file that a request names twice, at attempt %i',
    async (attempt) => {
      const { run, s3 } = createPair({ options: { maxOpenUploads: 1 } })
      const large = file({ size: 3 * 2 ** 20 })

      const { files } = await run('sign-uploads', { attempt, files: [large, large] })

      expect(files).toMatchObject([{ method: 'MULTIPART' }, { error: { code: 'invalid-request' } }])
      expect(await s3.uploads('uploads')).toHaveLength(1)
    },
  )

  it('counts what was begun before the secret was replaced', async () => {
    const older = 'an older secret of the tests, long enough'
    const newer = 'a newer secret of the tests, long enough'
    const before = createPair({ options: { maxOpenUploads: 1, secret: older } })
    await before.sign({ id: id() })
    const after = createPair({
      options: {
        maxOpenUploads: 1,
        secret: [newer, older],
        fetch: (request) => before.s3.fetch(request),
      },
    })

    expect(codeOf(await after.trySign({ id: id() }))).toBe('quota-exceeded')
  })

  it('tells quota the number', async () => {
    const counts: unknown[] = []
    const quota = ({ openUploads }: QuotaRequest) => {
      counts.push(openUploads)
      return undefined
    }
    const { sign } = createPair({ options: { maxOpenUploads: 5, quota } })

    await sign({ id: id() })
    await sign({ id: id() })

    expect(counts).toEqual([0, 1])
  })

  it('names nobody in the key', async () => {
    const { sign } = createPair({ options: { maxOpenUploads: 5 } })

    expect((await sign()).key).toMatch(/^files\/[0-9a-f]{32}\/[0-9a-f]{32}\/clip\.mp4$/)
  })

  it('begins nothing that it cannot count', async () => {
    const { s3, refusalOf } = createPair({ options: { maxOpenUploads: 5 } })
    s3.fault(unlistable)
    const files = [file({ size: 3 * 2 ** 20 })]

    expect(await refusalOf('sign-uploads', { files })).toMatchObject({ code: 'storage-refused' })
    expect(await s3.uploads('uploads')).toEqual([])
  })
})
