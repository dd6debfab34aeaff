import type { SigningOptions } from 's3-direct-upload/server'
import type { ConformanceLevel } from '../../../src/cli/conformance/client/conformance-levels.js'
import { signPostPolicy } from '../../../src/sigv4/post-policy.js'
import { type Answerer, credentials, refusal, region, signsDownloads } from './conformance-site.js'

/** A server with one fault, and the rules that must find it. */
export interface BrokenServer {
  readonly fault: string
  readonly failing: readonly string[]
  /** @default ['core'] */
  readonly levels?: readonly ConformanceLevel[]
  readonly options?: Partial<SigningOptions>
  readonly answer?: Answerer
}

/** Servers that break one rule of the protocol each. */
export const brokenServers: readonly BrokenServer[] = [
  {
    fault: 'refuses a file for a wish that it does not know',
    failing: ['multipart-wish'],
    levels: ['core', 'multipart'],
    answer: async (request, handler) => {
      const isWish = (await request.clone().text()).includes('"inParts"')
      return isWish ? refusal('invalid-request') : handler(request)
    },
  },
  {
    fault: 'takes everybody for the same user',
    failing: ['other-user'],
    options: {
      authorize: ({ headers }) => (headers.has('cookie') ? { owner: 'everybody' } : undefined),
    },
  },
  {
    fault: 'asks nobody who they are',
    failing: ['signed-out'],
    answer: (request, handler) => {
      const headers = new Headers(request.headers)
      if (!headers.has('cookie')) headers.set('cookie', 'user=ann')
      return handler(new Request(request, { headers }))
    },
  },
  {
    fault: 'signs a form without a limit of its size',
    failing: ['exact-size'],
    // It hears of the object of another size, which the form has let through.
    options: { onError: () => undefined },
    answer: changeEntries('files', async (entry) =>
      isForm(entry) ? signedForAnySize(entry) : entry,
    ),
  },
  {
    fault: 'answers 500 where a body is no object',
    failing: ['never-500'],
    answer: async (request, handler) => {
      const json = await jsonOf(request)
      return json === null || Array.isArray(json) ? refusal('internal-error') : handler(request)
    },
  },
  {
    fault: 'answers an item that it cannot read with internal-error',
    failing: ['never-500'],
    answer: async (request, handler) => {
      const isHuge = (await request.clone().text()).includes('"size":1e+308')
      const response = await handler(request)
      const text = await response.text()
      return new Response(
        isHuge ? text.replace(/("code":)"[^"]+"/, '$1"internal-error"') : text,
        response,
      )
    },
  },
  {
    fault: 'answers in another order',
    failing: ['batch-order'],
    answer: changeLists((entries) => entries.toReversed()),
  },
  {
    fault: 'takes JSON from a form',
    failing: ['content-type'],
    answer: (request, handler) => {
      const headers = new Headers(request.headers)
      if (headers.has('content-type')) headers.set('content-type', 'application/json')
      return handler(new Request(request, { headers }))
    },
  },
  {
    fault: 'does not look at the origin',
    failing: ['foreign-origin'],
    answer: (request, handler) => {
      const headers = new Headers(request.headers)
      headers.delete('origin')
      headers.delete('sec-fetch-site')
      return handler(new Request(request, { headers }))
    },
  },
  {
    fault: 'refuses a whole batch for one malformed file',
    failing: ['malformed-file'],
    answer: async (request, handler) => {
      const response = await handler(request)
      const text = await response.clone().text()
      return /"files":.*"code":"invalid-request"/.test(text) ? refusal('invalid-request') : response
    },
  },
  {
    fault: 'confirms what was never sent',
    failing: ['never-sent', 'refused-transfer', 'malformed-token'],
    answer: changeEntries('uploads', async (entry) =>
      JSON.stringify(entry).includes('upload-not-found') ? { ...madeUp, id: entry.id } : entry,
    ),
  },
  {
    fault: 'does not check the signature of a token',
    failing: ['altered-token', 'broken-token'],
    answer: takeAlteredTokens(),
  },
  {
    fault: 'says nothing of retryable',
    failing: ['error-shape'],
    answer: async (request, handler) => {
      const response = await handler(request)
      const text = (await response.text()).replace(/,"retryable":(?:true|false)\}\}$/, '}}')
      return new Response(text, response)
    },
  },
  {
    fault: 'refuses fields it does not know',
    failing: ['unknown-fields'],
    answer: async (request, handler) => {
      const text = await request.clone().text()
      return text.includes('"lastModified"') ? refusal('invalid-request') : handler(request)
    },
  },
  {
    fault: 'answers GET',
    failing: ['method', 'error-shape'],
    answer: async (request, handler) =>
      request.method === 'GET' ? Response.json({}) : handler(request),
  },
  {
    fault: 'answers unknown operations with 404',
    failing: ['unknown-operation', 'missing-operations'],
    answer: async (request, handler) => {
      const text = await request.clone().text()
      const response = await handler(request)
      const isMissing = response.status === 501 || text.includes('-parts')
      return isMissing
        ? Response.json(
            { error: { code: 'not-found', message: 'No.', retryable: false } },
            { status: 404 },
          )
        : response
    },
  },
  {
    fault: 'repeats the token in its message',
    failing: ['no-echo'],
    answer: async (request, handler) => {
      const [token = ''] = /v1\.[\w.-]+/.exec(await request.clone().text()) ?? []
      const response = await handler(request)
      return new Response(
        (await response.text()).replace(/("message":")/g, `$1${token} `),
        response,
      )
    },
  },
  {
    fault: 'takes the key from the client',
    failing: ['server-keys'],
    answer: async (request, handler) => {
      const wished = (await request.clone().text()).includes('"key":"mine"')
      const response = await handler(request)
      return wished
        ? new Response((await response.text()).replace(/("token":)/, '"key":"mine",$1'), response)
        : response
    },
  },
  {
    fault: 'keeps users apart in none of the levels',
    failing: ['other-user', 'multipart-other-user'],
    levels: ['core', 'multipart'],
    options: {
      authorize: ({ headers }) => (headers.has('cookie') ? { owner: 'everybody' } : undefined),
    },
  },
  {
    fault: 'says that parts are missing of nothing',
    failing: ['parts-missing'],
    levels: ['multipart'],
    answer: changeEntries('uploads', async (entry) =>
      JSON.stringify(entry).includes('parts-missing') ? { ...madeUp, id: entry.id } : entry,
    ),
  },
  {
    fault: 'says that an upload it gave up is open',
    failing: ['multipart-abort', 'multipart-lost-answer'],
    levels: ['multipart'],
    answer: async (request, handler) => {
      const response = await handler(request)
      return new Response(
        (await response.text()).replace('"state":"gone"', '"state":"open"'),
        response,
      )
    },
  },
  {
    fault: 'begins a new upload when an answer was lost',
    failing: ['multipart-lost-answer', 'multipart-round-trip'],
    levels: ['multipart'],
    answer: async (request, handler) => {
      if (request.method !== 'POST') return handler(request)
      const text = await request.text()
      const isAgain = text.includes('"attempt":2')
      const id = crypto.randomUUID()
      const body = isAgain ? text.replace(/"id":"[^"]+"/, `"id":"${id}"`) : text
      return handler(new Request(request, { body }))
    },
  },
  ...(signsDownloads ? brokenDownloads() : []),
]

function brokenDownloads(): readonly BrokenServer[] {
  // Not an option of every handler.
  const options: object = { authorizeDownload: () => true }
  return [
    {
      fault: "lets everybody read everybody's files",
      failing: ['download-other-user'],
      levels: ['downloads'],
      options,
    },
    {
      fault: 'refuses all downloads for one malformed item',
      failing: ['download-batch'],
      levels: ['downloads'],
      answer: async (request, handler) => {
        const response = await handler(request)
        const text = await response.clone().text()
        return text.includes('files.1') ? refusal('invalid-request') : response
      },
    },
  ]
}

type Entry = Readonly<Record<string, unknown>>

const madeUp = { key: 'files/x', size: 12, etag: '"0"', contentType: 'text/plain', receipt: 'v1.x' }

async function jsonOf(request: Request): Promise<unknown> {
  return request
    .clone()
    .json()
    .catch(() => undefined)
}

function changeLists(
  change: (entries: Entry[], field: string) => Entry[] | Promise<Entry[]>,
): Answerer {
  return async (request, handler) => {
    const response = await handler(request)
    const json: Record<string, unknown> = await response.json()
    for (const field of ['files', 'uploads']) {
      const list = json[field]
      if (Array.isArray(list)) json[field] = await change(list, field)
    }
    return Response.json(json, { status: response.status })
  }
}

function changeEntries(field: string, change: (entry: Entry) => Promise<Entry>): Answerer {
  return changeLists((entries, name) =>
    name === field ? Promise.all(entries.map(change)) : entries,
  )
}

function isForm(entry: Entry): entry is Entry & { key: string; fields: Record<string, string> } {
  return entry.method === 'POST'
}

/** The same form, signed anew with a generous range of sizes. */
function signedForAnySize(entry: Entry & { key: string; fields: Record<string, string> }) {
  const { key } = entry
  const isKept = (name: string) => /^(?:content-|success_)/i.test(name)
  const kept = Object.entries(entry.fields).filter(([name]) => isKept(name))
  const policy = {
    bucket: 'uploads',
    key,
    fields: Object.fromEntries(kept),
    contentLengthRange: [0, 5e9],
    expiresInSeconds: 600,
  } as const
  return { ...entry, fields: signPostPolicy(policy, { credentials, region }) }
}

/** Gives an altered token back its first form, where a genuine one begins like it. */
function takeAlteredTokens(): Answerer {
  const genuine: string[] = []
  return async (request, handler) => {
    if (request.method !== 'POST') return handler(request)
    const text = await request.text()
    const mended = text.replace(/"(v1\.[^"]+)"/g, (quoted, token: string) => {
      const original = genuine.find(
        (known) =>
          known !== token &&
          known.slice(0, known.length - 40) === token.slice(0, known.length - 40),
      )
      return original ? `"${original}"` : quoted
    })
    const response = await handler(new Request(request, { body: mended }))
    const answer = await response.clone().text()
    genuine.push(...Array.from(answer.matchAll(/"token":"([^"]+)"/g), ([, token = '']) => token))
    return response
  }
}
