import { expect } from 'vitest'
import type {
  FileDescription,
  OperationName,
  OperationResponses,
} from '../../src/protocol/operations.js'
import { parseErrorResponse, parseResponse } from '../../src/protocol/parse.js'
import type { SigningOptions } from '../../src/server/contract/signing-options.js'
import { createSigningHandler } from '../../src/server/create-signing-handler.js'

export const endpoint = 'https://app.example.com/api/s3'
export const secret = 'a secret of the tests that is long enough'
export const credentials = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
}

/** The moment at which the tests happen. */
export const startOfTests = new Date('2026-03-04T05:06:07.000Z')

/** Options that sign for `https://s3.test/uploads`, for a caller named in the header `x-user`. */
export const options: SigningOptions = {
  bucket: 'uploads',
  region: 'eu-west-1',
  endpoint: 'https://s3.test',
  credentials,
  secret,
  prefix: 'files/',
  authorize: (request) => ({ owner: request.headers.get('x-user') ?? 'ada' }),
  fetch: async () => new Response(null, { status: 404 }),
  now: () => startOfTests,
  onError: () => {},
}

/** A handler with some of the options replaced, and functions that speak to it. */
export function createTestHandler(changes: Partial<SigningOptions> = {}) {
  const handler = createSigningHandler({ ...options, ...changes })
  const post = (body: unknown, headers: Record<string, string> = {}) =>
    handler(jsonRequest(body, headers))
  return {
    handler,
    post,
    /** Sends an operation that must be answered, and checks the answer against the protocol. */
    async run<Name extends OperationName>(
      operation: Name,
      fields: Record<string, unknown>,
      headers: Record<string, string> = {},
    ): Promise<OperationResponses[Name]> {
      const response = await post({ operation, ...fields }, headers)
      expect(response.status).toBe(200)
      const parsed = parseResponse(operation, await response.json())
      if (!parsed.ok) throw new Error(`${parsed.field}: ${parsed.problem}`)
      expect(JSON.stringify(parsed.value)).not.toContain('endpoint-answer')
      return parsed.value
    },
    /** Signs one file and returns what the browser gets for it. */
    async signOne(changes: Partial<FileDescription> = {}, headers: Record<string, string> = {}) {
      const { files } = await this.run('sign-uploads', { files: [file(changes)] }, headers)
      const [signed] = files
      if (signed === undefined || 'error' in signed) throw new Error(JSON.stringify(signed))
      return signed
    },
  }
}

export function jsonRequest(body: unknown, headers: Record<string, string> = {}): Request {
  return new Request(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
}

export function file(changes: Partial<FileDescription> = {}): FileDescription {
  return {
    id: '0b6e4b9e-6d0a-4d7c-9a52-6c8f2f5e8a10',
    name: 'photo.jpg',
    type: 'image/jpeg',
    size: 1234,
    ...changes,
  }
}

/** Reads the refusal of a whole request. */
export async function errorOf(response: Response) {
  const parsed = parseErrorResponse(await response.json())
  if (!parsed.ok) throw new Error(`${parsed.field}: ${parsed.problem}`)
  return { status: response.status, ...parsed.value.error }
}

/** A bucket that has one kind of object under every key. */
export function bucketOf(headers: Record<string, string>): (request: Request) => Promise<Response> {
  return async () => new Response(null, { status: 200, headers })
}

/** What S3 says of the file of these tests once it is stored. */
export const storedPhoto = {
  'content-length': '1234',
  'content-type': 'image/jpeg',
  etag: '"9b2cf535f27731c974343645a3985328"',
}
