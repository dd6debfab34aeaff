import type {
  CompletedUpload,
  FileDescription,
  OperationRequest,
  PendingUpload,
  Refused,
  SignedPost,
} from '../../src/protocol/operations.js'
import type { UploadClient } from '../../src/upload/endpoint/upload-client.js'
import type {
  HttpTransport,
  TransportRequest,
  TransportResponse,
} from '../../src/upload/transfer/http-transport.js'

type Answer = CompletedUpload | PendingUpload | Refused

/** A signing endpoint and a bucket in a few lines, each answer replaceable; it remembers what it was asked. */
export interface ScriptedEndpoint {
  readonly client: UploadClient
  readonly transport: HttpTransport
  readonly signRequests: FileDescription[][]
  readonly completeRequests: string[][]
  readonly abortRequests: string[][]
  readonly sent: TransportRequest[]
  /** Tokens whose bytes were accepted. */
  readonly stored: Set<string>
  onSign: (files: readonly FileDescription[]) => void | Promise<void>
  /** Whether a request says that all its bytes are sent before `onSend` is asked. */
  reportsAtOnce: boolean
  onSend: (request: TransportRequest, store: () => void) => Promise<TransportResponse>
  onComplete: (token: string) => Answer | Promise<Answer>
  expiresInSeconds: number
}

export const created: TransportResponse = { status: 201, body: '' }

/** A transport's answer as S3 words its errors. */
export function s3Refusal(status: number, code: string, message = ''): TransportResponse {
  return {
    status,
    body: `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`,
  }
}

export function scriptEndpoint(): ScriptedEndpoint {
  let signatures = 0
  const endpoint: ScriptedEndpoint = {
    signRequests: [],
    completeRequests: [],
    abortRequests: [],
    sent: [],
    stored: new Set(),
    expiresInSeconds: 600,
    onSign: () => {},
    reportsAtOnce: true,
    onSend: async (_request, store) => {
      store()
      return created
    },
    onComplete: (token) => (endpoint.stored.has(token) ? completed(token) : notFound(token)),
    client: {
      async signUploads(files) {
        endpoint.signRequests.push([...files])
        await endpoint.onSign(files)
        return files.map((file): SignedPost => {
          signatures += 1
          return {
            id: file.id,
            method: 'POST',
            url: 'https://bucket.test/',
            fields: { key: `uploads/${signatures}/${file.name}` },
            key: `uploads/${signatures}/${file.name}`,
            token: `${signatures}:${file.name}:${file.size}`,
            expiresInSeconds: endpoint.expiresInSeconds,
          }
        })
      },
      async completeUploads(tokens) {
        endpoint.completeRequests.push([...tokens])
        return await Promise.all(tokens.map((token) => endpoint.onComplete(token)))
      },
      signParts: notScripted,
      listParts: notScripted,
      async abortUploads(tokens) {
        endpoint.abortRequests.push([...tokens])
        return tokens.map((token) => ({ id: token, state: 'aborted' }))
      },
    },
    transport: {
      send(request) {
        endpoint.sent.push(request)
        const key = String((request.body as FormData).get('key'))
        const [, number, name] = key.split('/')
        const { size } = (request.body as FormData).get('file') as File
        if (endpoint.reportsAtOnce) request.onProgress(size + 100, size + 100)
        return endpoint.onSend(request, () => endpoint.stored.add(`${number}:${name}:${size}`))
      },
    },
  }
  return endpoint
}

/** Has every signature bound to the checksum of the bytes, so that S3 compares them. */
export function bindToBytes({ client }: ScriptedEndpoint): void {
  const { signUploads } = client
  client.signUploads = async (files, options) => {
    const answers = await signUploads(files, options)
    return answers.map((answer) =>
      'fields' in answer
        ? { ...answer, fields: { ...answer.fields, 'x-amz-checksum-sha256': 'c2hhMjU2' } }
        : answer,
    )
  }
}

async function notScripted(): Promise<never> {
  throw new Error('The scripted endpoint knows single requests alone.')
}

export function completed(token: string): CompletedUpload {
  const [number = '', name = '', size = '0'] = token.split(':')
  const key = `uploads/${number}/${name}`
  return {
    id: token,
    key,
    size: Number(size),
    etag: '"e"',
    contentType: 'text/plain',
    receipt: `r-${token}`,
  }
}

export function notFound(id: string): Refused {
  return {
    id,
    error: { code: 'upload-not-found', message: 'It is not in the bucket.', retryable: true },
  }
}

/** The scripted endpoint as the page's `fetch` reaches it. */
export function fetchOf({ client }: ScriptedEndpoint): typeof globalThis.fetch {
  return async (_url, init) => {
    const request = JSON.parse(String(init?.body)) as OperationRequest
    const { signal } = new AbortController()
    if (request.operation === 'sign-uploads') {
      return Response.json({
        files: await client.signUploads(request.files, { attempt: 1, signal }),
      })
    }
    if (request.operation === 'complete-uploads') {
      const tokens = request.uploads.map(({ token }) => token)
      return Response.json({ uploads: await client.completeUploads(tokens, { signal }) })
    }
    if (request.operation === 'abort-uploads') {
      return Response.json({ uploads: await client.abortUploads(request.tokens, { signal }) })
    }
    throw new Error(`Not scripted: ${request.operation}`)
  }
}
