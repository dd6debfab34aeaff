import { inspect } from 'node:util'
import { answerFault } from '../attacks/answer-fault.js'
import { credentials, file, secret } from '../server/handler-setup.js'
import { createPair, video } from '../server/multipart-setup.js'
import type { MalformedRequest } from './malformed-request.js'
import { bounds, signedFault } from './signed-fault.js'

const secrets = [secret, credentials.secretAccessKey]
const checksum = 'LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ='
/** After so many requests the bucket is a new one, or the uploads that they begin would fill it. */
const requestsPerBucket = 500

/** A handler, and the judge of everything that it answers and does. */
export interface FuzzedHandler {
  /** How many answers with a signature it has given. */
  readonly signed: number
  /** Sends a request; `undefined` when all that comes of it is right. */
  faultOf(request: MalformedRequest): Promise<string | undefined>
}

/** Makes a handler that is sent malformed requests; the state of its bucket begins anew from time to time. */
export function createFuzzedHandler(method: 'POST' | 'PUT'): FuzzedHandler {
  let opened: ReturnType<typeof openHandler> | undefined
  let count = 0
  let signed = 0
  return {
    get signed() {
      return signed
    },
    async faultOf(request) {
      if (count++ % requestsPerBucket === 0 || !opened) opened = openHandler(method)
      const { fault, isSigned } = await (await opened)(request)
      if (isSigned) signed += 1
      return fault
    },
  }
}

/** What came of one request. */
interface Verdict {
  readonly fault: string | undefined
  readonly isSigned: boolean
}

async function openHandler(
  method: 'POST' | 'PUT',
): Promise<(request: MalformedRequest) => Promise<Verdict>> {
  const reported: unknown[] = []
  const touched: string[] = []
  const { minFileSize, maxFileSize, accept, maxFiles, prefix } = bounds
  const ownKeys = new Set<string>()
  const mayDownload = (key: string) => ownKeys.has(key)
  const pair = createPair({
    options: {
      method,
      prefix,
      allowedOrigins: ['https://app.example.com'],
      rules: { minFileSize, maxFileSize, accept: [...accept], maxFiles },
      authorize: () => ({ owner: 'ada' }),
      authorizeDownload: ({ key }) => mayDownload(key),
      onError: (error) => reported.push(error),
      fetch: (request) => {
        touched.push(new URL(request.url).pathname)
        return pair.s3.fetch(request)
      },
    },
  })
  const finished = await pair.upload()
  const completed = await pair.complete(finished.token)
  if (!completed || !('receipt' in completed)) throw new Error('The upload was not completed.')
  const { receipt } = completed
  const { token, key } = await pair.upload({ id: crypto.randomUUID() })
  ownKeys.add(finished.key).add(key)
  const described = { relativePath: 'a/b.jpg', metadata: { a: 'b' }, checksum }
  const wishes = { inParts: true, partSizeBytes: 1_500_000, checksumAlgorithm: 'SHA256' } as const
  const good = [
    { operation: 'sign-uploads', attempt: 1, files: [file(described), video(wishes)] },
    { operation: 'sign-parts', token, parts: [{ partNumber: 1, checksum }, { partNumber: 2 }] },
    { operation: 'list-parts', token },
    { operation: 'complete-uploads', uploads: [{ token }, { token: receipt }] },
    { operation: 'abort-uploads', tokens: [token, receipt] },
    {
      operation: 'sign-downloads',
      files: [{ receipt, disposition: 'inline', name: 'a.mp4' }, { key: finished.key }],
    },
  ]
  const sent = [token, receipt].flatMap((text) => [text, text.split('.')[2] ?? ''])
  return async ({ make }) => {
    touched.length = 0
    const request = make(good)
    const asked = await readJson(request.clone())
    const response = await pair.handler(request)
    const answer = await readJson(response.clone())
    const stray = touched.find((path) => !/^\/uploads\/?(?:$|files\/)/.test(path))
    const fault =
      (await answerFault(response, { secrets, sent })) ??
      signedFault(answer, { asked, ownKeys, mayDownload }) ??
      (stray === undefined ? undefined : `a request of the server for ${stray}`) ??
      (reported.length > 0 ? 'something is reported' : undefined)
    const why = reported.splice(0).map((error) => inspect(error))
    return {
      fault: fault && [fault, ...why, JSON.stringify(asked)].join('\n'),
      isSigned: /"policy"|X-Amz-Signature/.test(JSON.stringify(answer) ?? ''),
    }
  }
}

/** The JSON of a body, where it is some. */
async function readJson(message: Request | Response): Promise<unknown> {
  try {
    return JSON.parse(await message.text())
  } catch {
    return undefined
  }
}
