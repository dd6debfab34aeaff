import { describe, expect, it, vi } from 'vitest'
import {
  createSigningClient,
  type SigningClient,
} from '../../../src/upload/endpoint/signing-client.js'

const { signal } = new AbortController()
const id = crypto.randomUUID()
const file = { id, name: 'a.txt', type: 'text/plain', size: 5 }
const url = 'https://bucket.test/'

interface Operation {
  readonly ask: (client: SigningClient) => Promise<unknown>
  /** What the endpoint answers when all is well. */
  readonly answer: unknown
}

const operations: Readonly<Record<string, Operation>> = {
  'sign-uploads': {
    ask: (client) => client.signUploads([file], { attempt: 1, signal }),
    answer: {
      files: [{ id, method: 'PUT', url, headers: {}, key: 'k', token: 't', expiresInSeconds: 60 }],
    },
  },
  'sign-parts': {
    ask: (client) => client.signParts('t', [{ partNumber: 1 }], { signal }),
    answer: { parts: [{ partNumber: 1, url, headers: {} }], expiresInSeconds: 60 },
  },
  'list-parts': {
    ask: (client) => client.listParts('t', { signal }),
    answer: { state: 'open', parts: [] },
  },
  'complete-uploads': {
    ask: (client) => client.completeUploads(['t'], { signal }),
    answer: {
      uploads: [{ id, key: 'k', size: 5, etag: 'e', contentType: 'text/plain', receipt: 'r' }],
    },
  },
  'abort-uploads': {
    ask: (client) => client.abortUploads(['t'], { signal }),
    answer: { uploads: [{ id, state: 'aborted' }] },
  },
  'sign-downloads': {
    ask: (client) => client.signDownloads([{ key: 'k' }], { signal }),
    answer: { files: [{ key: 'k', url, expiresInSeconds: 60 }] },
  },
}

const html = { 'content-type': 'text/html' }
const page = '<!doctype html><title>Sign in</title>'
const json = { 'content-type': 'application/json' }

/** A page that a browser has been sent on to. */
function redirected(response: Response): Response {
  return Object.defineProperties(response, {
    redirected: { value: true },
    url: { value: 'https://app.test/login?state=secret' },
  })
}

/** Name, answer, and what it is taken for: its code, whether signing in may help, whether a proven endpoint is asked again. */
const foreignAnswers: readonly [string, () => Response, string, boolean, boolean][] = [
  ['401 of a proxy', () => new Response('No', { status: 401 }), 'unauthorized', true, false],
  [
    '401 in the words of a framework',
    () => Response.json({ message: 'Unauthenticated.' }, { status: 401 }),
    'unauthorized',
    true,
    false,
  ],
  [
    '401 that wants a password',
    () => new Response('', { status: 401, headers: { 'www-authenticate': 'Basic' } }),
    'unauthorized',
    true,
    false,
  ],
  [
    '419 for a form token that has expired',
    () => Response.json({ message: 'CSRF token mismatch.' }, { status: 419 }),
    'unauthorized',
    true,
    false,
  ],
  [
    '440 for a session that has expired',
    () => new Response(page, { status: 440 }),
    'unauthorized',
    true,
    false,
  ],
  [
    'a login page that it is sent on to',
    () => redirected(new Response(page, { headers: html })),
    'unauthorized',
    true,
    false,
  ],
  [
    'a login page that takes no POST',
    () => redirected(new Response(page, { status: 405, headers: html })),
    'unauthorized',
    true,
    false,
  ],
  [
    'a login page in its place',
    () => new Response(page, { headers: html }),
    'endpoint-answer',
    true,
    true,
  ],
  [
    'HTML that says it is JSON',
    () => new Response(page, { headers: json }),
    'endpoint-answer',
    true,
    true,
  ],
  [
    '403 of a firewall',
    () => new Response(page, { status: 403, headers: html }),
    'endpoint-answer',
    true,
    true,
  ],
  [
    '511 of the network',
    () => new Response(page, { status: 511, headers: html }),
    'endpoint-unreachable',
    false,
    true,
  ],
  [
    '404 of a proxy',
    () => new Response(page, { status: 404, headers: html }),
    'endpoint-answer',
    false,
    true,
  ],
  [
    '413 of a proxy',
    () => new Response(page, { status: 413, headers: html }),
    'endpoint-answer',
    false,
    false,
  ],
  [
    '429 of a proxy',
    () => new Response('Slow down', { status: 429 }),
    'endpoint-answer',
    false,
    true,
  ],
  [
    '502 of a proxy',
    () => new Response(page, { status: 502, headers: html }),
    'endpoint-answer',
    false,
    true,
  ],
  [
    '503 behind a redirect',
    () => redirected(new Response(page, { status: 503 })),
    'endpoint-answer',
    false,
    true,
  ],
  ['nothing', () => new Response(''), 'endpoint-answer', false, true],
  ['204', () => new Response(null, { status: 204 }), 'endpoint-answer', false, true],
  ['304', () => new Response(null, { status: 304 }), 'endpoint-answer', false, true],
  ['other JSON', () => Response.json({ redirect: '/login' }), 'endpoint-answer', false, true],
  ['JSON without sense', () => Response.json(null), 'endpoint-answer', false, true],
  ['a number', () => Response.json(1), 'endpoint-answer', false, true],
  [
    'JSON that broke off',
    () => new Response('{"files":[', { headers: json }),
    'endpoint-answer',
    false,
    true,
  ],
]

describe.each(Object.entries(operations))('%s', (_name, { ask, answer }) => {
  it.each(foreignAnswers)(
    'takes %s for no answer',
    async (_what, foreign, code, isSignInNeeded, retryable) => {
      const { client, answers } = setUp()
      // It has proven itself, so that what comes now is only in its place.
      answers.push(() => Response.json(answer), foreign)
      await ask(client)

      await expect(ask(client)).rejects.toMatchObject({
        name: 'EndpointError',
        code,
        isSignInNeeded,
        isRefusal: false,
        retryable,
      })
    },
  )

  it.each(foreignAnswers.filter(([, , , isSignInNeeded]) => isSignInNeeded))(
    'has the user sign in again after %s, and goes on',
    async (_what, foreign) => {
      const onUnauthorized = vi.fn(async () => {})
      const { client, answers } = setUp({ onUnauthorized })
      answers.push(foreign, () => Response.json(answer))

      await ask(client)

      expect(onUnauthorized).toHaveBeenCalledOnce()
    },
  )

  it.each(foreignAnswers.filter(([, , , isSignInNeeded]) => !isSignInNeeded))(
    'bothers nobody after %s',
    async (_what, foreign) => {
      const onUnauthorized = vi.fn(async () => {})
      const { client, answers } = setUp({ onUnauthorized })
      answers.push(foreign)

      await expect(ask(client)).rejects.toMatchObject({ name: 'EndpointError' })

      expect(onUnauthorized).not.toHaveBeenCalled()
    },
  )

  it('takes 403 with an error code for the refusal that it is', async () => {
    const onUnauthorized = vi.fn(async () => {})
    const { client, answers } = setUp({ onUnauthorized })
    const error = { code: 'forbidden', message: 'Your plan has no uploads.', retryable: false }
    answers.push(() => Response.json({ error }, { status: 403 }))

    await expect(ask(client)).rejects.toMatchObject({ ...error, isRefusal: true, status: 403 })
    expect(onUnauthorized).not.toHaveBeenCalled()
  })

  it('has the user sign in after a redirect that leads to another origin', async () => {
    const onUnauthorized = vi.fn(async () => {})
    const { client, answers } = setUp({ onUnauthorized })
    answers.push(
      () => hidden(),
      () => {
        throw new TypeError('Failed to fetch')
      },
      () => Response.json(answer),
    )

    await ask(client)

    expect(onUnauthorized).toHaveBeenCalledOnce()
  })

  it('is sent on to where the endpoint has moved', async () => {
    const onUnauthorized = vi.fn(async () => {})
    const { client, answers, modes } = setUp({ onUnauthorized })
    const moved = () => redirected(Response.json(answer))
    answers.push(() => hidden(), moved, moved)

    await ask(client)
    await ask(client)

    // Only the first time is it asked where it leads.
    expect(modes).toEqual(['manual', 'follow', 'follow'])
    expect(onUnauthorized).not.toHaveBeenCalled()
  })

  it('reads an answer with a byte order mark', async () => {
    const { client, answers } = setUp()
    answers.push(() => new Response(`\uFEFF${JSON.stringify(answer)}`))

    await expect(ask(client)).resolves.toBeDefined()
  })
})

describe('an endpoint that has never answered', () => {
  it.each([
    ['a page', () => new Response(page, { headers: html })],
    ['other JSON', () => Response.json({ hello: 1 })],
    ['404', () => new Response(page, { status: 404, headers: html })],
  ])('is not asked again after %s: its URL is wrong', async (_what, foreign) => {
    const { client, answers } = setUp()
    answers.push(foreign)

    await expect(operations['sign-uploads']?.ask(client)).rejects.toMatchObject({
      code: 'endpoint-answer',
      retryable: false,
      message: expect.stringContaining('`endpoint`'),
    })
  })
})

it('asks once for a storm of login pages', async () => {
  let isSignedIn = false
  const onUnauthorized = vi.fn(async () => {
    isSignedIn = true
  })
  const { client } = setUp({
    onUnauthorized,
    fetch: async (_url: unknown, init: RequestInit | undefined) => {
      const { operation } = JSON.parse(String(init?.body)) as { operation: string }
      return isSignedIn
        ? Response.json(operations[operation]?.answer)
        : new Response(page, { status: 419 })
    },
  })

  await Promise.all(Object.values(operations).map(({ ask }) => ask(client)))

  expect(onUnauthorized).toHaveBeenCalledOnce()
})

it('does not ask over and over to sign in where that does not help', async () => {
  const onUnauthorized = vi.fn(async () => {})
  const { client } = setUp({ onUnauthorized, fetch: async () => new Response(page) })

  for (let index = 0; index < 5; index += 1) {
    await expect(client.listParts('t', { signal })).rejects.toMatchObject({ isSignInNeeded: true })
  }

  expect(onUnauthorized).toHaveBeenCalledOnce()
})

it('names no query of the page that answered', async () => {
  const { client, answers } = setUp()
  answers.push(() => redirected(new Response(page)))

  await expect(client.listParts('t', { signal })).rejects.toMatchObject({
    message: expect.not.stringContaining('secret'),
  })
})

describe('a page without an origin', () => {
  const unreachable = () => {
    throw new TypeError('Failed to fetch')
  }

  it('that the endpoint does not answer is told so at once', async () => {
    vi.stubGlobal('origin', 'null')
    const { client, answers } = setUp()
    answers.push(unreachable)

    await expect(client.listParts('t', { signal })).rejects.toMatchObject({
      code: 'origin-not-allowed',
      retryable: false,
      message: expect.stringMatching(/allow-same-origin.*sandbox/),
    })
    vi.unstubAllGlobals()
  })

  it('that is offline waits for the connection', async () => {
    vi.stubGlobal('origin', 'null')
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
    const { client, answers } = setUp()
    answers.push(unreachable)

    await expect(client.listParts('t', { signal })).rejects.toMatchObject({
      code: 'endpoint-unreachable',
    })
    vi.restoreAllMocks()
    vi.unstubAllGlobals()
  })

  it('whose endpoint has answered before is tried again', async () => {
    vi.stubGlobal('origin', 'null')
    const { client, answers } = setUp()
    answers.push(() => Response.json({ state: 'open', parts: [] }), unreachable)
    await client.listParts('t', { signal })

    await expect(client.listParts('t', { signal })).rejects.toMatchObject({ retryable: true })
    vi.unstubAllGlobals()
  })
})

/** What a browser shows of a redirect that it was not to follow. */
function hidden(): Response {
  return Object.defineProperties(new Response(null), {
    type: { value: 'opaqueredirect' },
    status: { value: 0 },
  })
}

/** A client whose endpoint gives these answers, one after the other. */
function setUp(options: Partial<Parameters<typeof createSigningClient>[0]> = {}) {
  const answers: (() => Response)[] = []
  const modes: (RequestRedirect | 'follow')[] = []
  const client = createSigningClient({
    endpoint: '/api/s3',
    fetch: async (_url, init) => {
      modes.push(init?.redirect ?? 'follow')
      const next = answers.shift()
      if (!next) throw new Error('Nothing more was expected.')
      return next()
    },
    ...options,
  })
  return { client, answers, modes }
}
