import { runInNewContext } from 'node:vm'
import { describe, expect, it, vi } from 'vitest'
import type { SigningOptions } from '../../../src/server/contract/signing-options.js'
import { SigningError } from '../../../src/server/errors/signing-error.js'
import { createTestHandler, errorOf, file } from '../handler-setup.js'
import { codeOf } from '../multipart-setup.js'

const signing = { operation: 'sign-uploads', files: [file()] }
const errorWith = (facts: object) => Object.assign(new Error('no'), facts)

/** SvelteKit throws objects that are no errors. */
class HttpError {
  constructor(readonly status: number) {}
}

/** As frameworks refuse, by the status they refuse with. */
const refusals: Record<string, (status: number) => unknown> = {
  'a Response': (status) => new Response('no', { status }),
  'an error with status, as of http-errors, Hono and Passport': (status) => errorWith({ status }),
  'an error with statusCode, as of h3': (statusCode) => errorWith({ statusCode }),
  'an error with a code, as of Feathers': (code) => errorWith({ code }),
  'an error with a status in words and statusCode, as of Better Auth': (statusCode) =>
    errorWith({ status: 'UNAUTHORIZED', statusCode }),
  'an error of Boom': (statusCode) => errorWith({ isBoom: true, output: { statusCode } }),
  'an HttpError of SvelteKit': (status) => new HttpError(status),
  'data() of React Router': (status) => ({ type: 'DataWithResponseInit', init: { status } }),
  'an HTTPError of ky': (status) => errorWith({ response: new Response(null, { status }) }),
  'an error of Next': (status) => errorWith({ digest: `NEXT_HTTP_ERROR_FALLBACK;${status}` }),
}

const redirects: Record<string, () => unknown> = {
  'a Response': () => Response.redirect('https://app.example.com/login', 302),
  'redirect() of Next': () => errorWith({ digest: 'NEXT_REDIRECT;replace;/login;307;' }),
  'redirect() of SvelteKit': () => new HttpError(303),
}

const raise = (value: unknown) => () => {
  throw value
}

/** Signs one file with these options; returns the refusal and how often the operator heard of something. */
async function refusalWith(changes: Partial<SigningOptions>) {
  const onError = vi.fn()
  const response = await createTestHandler({ ...changes, onError }).post(signing)
  return { ...(await errorOf(response)), reports: onError.mock.calls.length }
}

describe('a refusal of authorize', () => {
  it.each(Object.entries(refusals))('that throws %s keeps its meaning', async (_, make) => {
    const expected = { retryable: false, reports: 0 }

    expect(await refusalWith({ authorize: raise(make(401)) })).toMatchObject({
      ...expected,
      status: 401,
      code: 'unauthorized',
    })
    expect(await refusalWith({ authorize: raise(make(403)) })).toMatchObject({
      ...expected,
      status: 403,
      code: 'forbidden',
    })
  })

  it.each(Object.entries(refusals))('that returns %s keeps its meaning', async (_, make) => {
    // Deliberately not what the types ask for.
    const authorize = async () => make(403) as { owner: string }

    expect(await refusalWith({ authorize })).toMatchObject({ status: 403, reports: 0 })
  })

  it.each(Object.entries(redirects))('that redirects by %s is unauthorized', async (_, make) => {
    const refusal = await refusalWith({ authorize: async () => raise(make())() })

    expect(refusal).toMatchObject({ status: 401, code: 'unauthorized', retryable: false })
  })

  it.each([
    ['an error without status', errorWith({})],
    ['an error with a code in words', errorWith({ code: 'ECONNREFUSED' })],
    ['status 500', errorWith({ status: 500 })],
    ['status 404', errorWith({ status: 404 })],
    ['notFound() of Next', errorWith({ digest: 'NEXT_HTTP_ERROR_FALLBACK;404' })],
    ['a Response of status 503', new Response(null, { status: 503 })],
    ['a Response of status 304', new Response(null, { status: 304 })],
    ['nothing', undefined],
    ['text', '401'],
  ])('is none where it throws %s', async (_, thrown) => {
    const refusal = await refusalWith({ authorize: raise(thrown) })

    expect(refusal).toMatchObject({ status: 500, code: 'internal-error', reports: 1 })
  })

  it.each([304, 404, 429, 503])('of status %i is named to the operator', async (status) => {
    const onError = vi.fn()
    // Deliberately not what the types ask for.
    const authorize = () => new Response(null, { status }) as unknown as { owner: string }

    await createTestHandler({ authorize, onError }).post(signing)

    expect(String(onError.mock.calls[0])).toContain(`a refusal with the status ${status}`)
  })

  it('is none where the caller has a status of its own', async () => {
    const authorize = () => ({ owner: 'ada', status: 403 })

    expect((await createTestHandler({ authorize }).post(signing)).status).toBe(200)
  })

  it.each<keyof SigningOptions>(['rules', 'quota'])('is one of %s as well', async (option) => {
    const refusal = errorWith({ statusCode: 403 })
    const expected = { code: 'forbidden', reports: 0 }

    expect(await refusalWith({ [option]: raise(refusal) })).toMatchObject(expected)
    expect(await refusalWith({ [option]: () => refusal })).toMatchObject(expected)
    expect(
      await refusalWith({ [option]: () => new Response(null, { status: 403 }) }),
    ).toMatchObject(expected)
  })

  it.each<keyof SigningOptions>(['authorize', 'rules', 'quota'])(
    'is a SigningError that %s returns, in its own words',
    async (option) => {
      const slowly = () => new SigningError('rate-limited', 'Slowly.')

      expect(await refusalWith({ [option]: slowly })).toMatchObject({
        status: 429,
        message: 'Slowly.',
        reports: 0,
      })
    },
  )
})

describe('a refusal of authorizeDownload', () => {
  const download = async (authorizeDownload: () => unknown) => {
    const onError = vi.fn()
    const handler = createTestHandler({
      // Deliberately not what the types ask for.
      authorizeDownload: authorizeDownload as SigningOptions['authorizeDownload'],
      onError,
      fetch: async () => new Response(null, { headers: { 'content-length': '1', etag: '"a"' } }),
    })
    const { files } = await handler.run('sign-downloads', { files: [{ key: 'files/a.txt' }] })
    return { code: codeOf(files[0]), reports: onError.mock.calls.length }
  }

  it.each(Object.entries(refusals))('by %s keeps its meaning', async (_, make) => {
    expect(await download(raise(make(403)))).toEqual({ code: 'forbidden', reports: 0 })
    expect(await download(() => make(401))).toEqual({ code: 'unauthorized', reports: 0 })
  })

  it.each([
    ['a Response of status 404', new Response(null, { status: 404 })],
    ['a Response of status 200', new Response('true')],
    ['an error', new Error('no')],
    ['text', 'no'],
    ['a number', 1],
    ['a list', []],
    ['a function', () => false],
    ['a date', new Date(0)],
    ['an object with a word of its own', { allowed: false }],
    ['a result that says no', { success: false, error: undefined }],
    ['another status', { status: 404 }],
    ['a name that is none', { name: 5 }],
    ['a type that is no header', { contentType: 'text/html\r\nset-cookie: a=b' }],
    ['a word for a permission to show', { allowInline: 'false' }],
  ])('need not be understood: %s permits nothing', async (_, returned) => {
    expect(await download(() => returned)).toEqual({ code: 'internal-error', reports: 1 })
  })

  it('is none where terms come from another realm, or without a prototype', async () => {
    const terms: unknown = runInNewContext('({ name: "a.txt" })')

    expect(await download(() => terms)).toEqual({ code: undefined, reports: 0 })
    expect(await download(() => Object.assign(Object.create(null), terms))).toEqual({
      code: undefined,
      reports: 0,
    })
  })
})
