import type { RunningTestS3 } from 's3-direct-upload/testing/node'
import { afterEach, describe, expect, test } from 'vitest'
import { appEnvironment, examine, startBucket } from './doctor-setup.js'

type Fetch = (request: Request) => Promise<Response>

/** Something between the doctor and the storage that answers by itself, or changes what passes. */
interface Interference {
  readonly what: string
  /** Gets the request and the way to the storage. */
  readonly fetch: (request: Request, pass: Fetch) => Promise<Response>
  readonly id: string
  /** What the problem or the fix has to name. */
  readonly names: RegExp
}

const page = (status: number, title = 'Blocked', headers: HeadersInit = {}) =>
  new Response(`<!doctype html><html><head><title>${title}</title></head><p>No.`, {
    status,
    headers: { 'content-type': 'text/html', ...headers },
  })
const redirect = (status: number, location: string) =>
  new Response(null, { status, headers: { location } })
const isBlocked = (...methods: readonly string[]): Interference['fetch'] => {
  return async (request, pass) =>
    methods.includes(request.method) ? page(405, 'Method blocked') : pass(request)
}

const interferences: readonly Interference[] = [
  {
    what: 'the network wants somebody to sign in',
    fetch: async () => page(200, 'Hotel Wi-Fi'),
    id: 'foreign-answer',
    names: /200 with a page of HTML, "Hotel Wi-Fi"/,
  },
  {
    what: 'a firewall answers everything',
    fetch: async () => page(403, 'Access denied', { server: 'squid/6.1' }),
    id: 'foreign-answer',
    names: /403 .*\(server: squid\/6\.1\)/,
  },
  {
    what: 'a proxy wants a password',
    fetch: async () => new Response(null, { status: 407 }),
    id: 'foreign-answer',
    names: /Sign in to the proxy/,
  },
  {
    what: 'a gateway does not reach the storage',
    fetch: async () => page(502, '502 Bad Gateway'),
    id: 'foreign-answer',
    names: /502 Bad Gateway/,
  },
  {
    what: 'everything is sent to a page for signing in',
    fetch: async () => redirect(302, 'https://login.example.com/?next=secret'),
    id: 'foreign-answer',
    names: /a redirect to https:\/\/login\.example\.com\/\./,
  },
  {
    what: 'http is sent to https',
    fetch: async ({ url }) => redirect(301, url.replace('http:', 'https:')),
    id: 'foreign-answer',
    names: /Write https: instead of http: in AWS_ENDPOINT_URL_S3/,
  },
  {
    what: 'a firewall lets nobody delete',
    fetch: isBlocked('DELETE'),
    id: 'foreign-answer',
    names: /AbortMultipartUpload got 405/,
  },
  {
    what: 'a firewall lets nobody write',
    fetch: isBlocked('PUT', 'POST'),
    id: 'foreign-answer',
    names: /PostObject got 405/,
  },
  {
    what: 'a firewall answers preflights',
    fetch: isBlocked('OPTIONS'),
    id: 'foreign-answer',
    names: /a preflight got 405/,
  },
  {
    what: 'errors are replaced by pages',
    fetch: async (request, pass) => {
      const answer = await pass(request)
      return answer.status < 400 ? answer : page(answer.status)
    },
    id: 'foreign-answer',
    names: /403 with a page of HTML/,
  },
  {
    what: 'documents arrive cut off',
    fetch: async (request, pass) => {
      const answer = await pass(request)
      const text = await answer.text()
      return new Response(text.startsWith('<') ? text.slice(0, -9) : text || null, answer)
    },
    id: 'foreign-answer',
    names: /200 with something else than XML/,
  },
  {
    what: 'the CORS headers are taken away',
    fetch: async (request, pass) => {
      const answer = await pass(request)
      const names = [...answer.headers.keys()].filter((name) => name.startsWith('access-control-'))
      for (const name of names) answer.headers.delete(name)
      return answer
    },
    id: 'cors-ignored',
    names: /takes the Access-Control headers away/,
  },
  {
    what: 'the host name is rewritten',
    fetch: (request, pass) =>
      pass(new Request(request.url.replace('127.0.0.1', 'localhost'), request)),
    id: 'altered-request',
    names: /signed for the host 127\.0\.0\.1:\d+, but it arrived for localhost/,
  },
  {
    what: 'Authorization is taken away',
    fetch: (request, pass) => {
      const headers = new Headers(request.headers)
      headers.delete('authorization')
      return pass(new Request(request, { headers }))
    },
    id: 'altered-request',
    names: /without their header Authorization/,
  },
]

describe('doctor', () => {
  let s3: RunningTestS3

  afterEach(() => s3.close())

  test.each(interferences)('finds once that $what', async ({ fetch, id, names }) => {
    s3 = await startBucket()
    const pass: Fetch = async (request) => {
      const answer = await s3.s3.fetch(request)
      return new Response(answer.body, answer)
    }
    const { exitCode, document, ids } = await examine(appEnvironment(s3), {
      fetch: (request) => fetch(request, pass),
    })
    const [finding] = document.findings

    expect([exitCode, ids]).toEqual([1, [id]])
    expect(`${finding?.problem} ${finding?.fix.text}`).toMatch(names)
    expect(JSON.stringify(finding)).not.toContain('secret')
  })
})
