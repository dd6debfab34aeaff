import { request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http'
import { text } from 'node:stream/consumers'
import { errorCodes } from '../../src/protocol/error-response.js'
import {
  type FileDescription,
  type OperationName,
  responseSchemas,
  type SignedUpload,
} from '../../src/protocol/operations.js'
import { parseErrorResponse, parseResponse } from '../../src/protocol/parse.js'
import { partRange } from '../../src/s3/part-plan.js'
import { parseS3Error } from '../../src/s3/s3-error.js'
import { succeeded } from './attack.js'
import type { HandlerPath } from './attack-target.js'

/** What came back over HTTP. */
export interface HttpAnswer {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

/** How a request is sent, where it differs from that of an honest page. */
export interface Sending {
  /** @default '/' */
  readonly path?: HandlerPath
  /** As whom; @default 'mallory' */
  readonly user?: string
  readonly method?: string
  /** Added to those of a JSON request; `undefined` removes one. */
  readonly headers?: OutgoingHttpHeaders
}

/** In the sentence of a refusal. */
const repeatedToken = /"message":"[^"]*(?:v1\.[\w-]{60}|X-Amz-Signature)/

/** A client that sends what no browser and no honest page would; no answer may ever hold one of the secrets. */
export function createAttackClient(origin: string, secrets: readonly string[]) {
  /** Sends a body as it is, or a value as JSON. */
  async function send(body: unknown, sending: Sending = {}): Promise<HttpAnswer> {
    const { path = '/', method = 'POST', user = 'mallory', headers = {} } = sending
    const sent = { 'content-type': 'application/json', 'x-user': user, ...headers }
    const bytes =
      body instanceof Uint8Array || typeof body === 'string' ? body : JSON.stringify(body)
    const answer = await sendHttp(`${origin}${path}`, { method, headers: sent, body: bytes })
    const leaked = secrets.some((secret) => answer.body.includes(secret))
    if (leaked) throw new Error('An answer holds a secret.')
    if (repeatedToken.test(answer.body)) throw new Error('A refusal repeats a token or a URL.')
    return answer
  }

  /** Sends an operation and says how each of its items ended. */
  async function endingsOf(
    operation: OperationName,
    fields: object,
    sending: Sending = {},
  ): Promise<readonly string[]> {
    return endingsIn(operation, await send({ operation, ...fields }, sending))
  }

  /** What an honest page gets for a file. */
  async function sign(
    description: Partial<FileDescription> = {},
    sending: Sending = {},
  ): Promise<SignedUpload> {
    const answer = await send({ operation: 'sign-uploads', files: [fileOf(description)] }, sending)
    const parsed = parseResponse('sign-uploads', JSON.parse(answer.body))
    const [signed] = parsed.ok ? parsed.value.files : []
    if (signed && !('error' in signed)) return signed
    throw new Error(`An honest request was refused: ${answer.body}`)
  }

  /** Signs a file and sends as many bytes of zero as were signed. */
  async function upload(
    description: Partial<FileDescription> = {},
    sending: Sending = {},
  ): Promise<SignedUpload> {
    const signed = await sign(description, sending)
    const endings = await transfer(signed, new Uint8Array(fileOf(description).size))
    if (endings.every((ending) => ending.startsWith(storedEnding))) return signed
    throw new Error(`An honest transfer was refused: ${endings}`)
  }

  /** Completes an upload as an honest page and returns its receipt. */
  async function receiptOf(token: string, sending: Sending = {}): Promise<string> {
    const answer = await send({ operation: 'complete-uploads', uploads: [{ token }] }, sending)
    const [upload] = JSON.parse(answer.body).uploads
    if (typeof upload.receipt === 'string') return upload.receipt
    throw new Error(`An honest completion was refused: ${answer.body}`)
  }

  return { send, endingsOf, sign, upload, receiptOf, transfer }
}

/** A file as an honest page describes it. */
export function fileOf(changes: Partial<FileDescription> = {}): FileDescription {
  const id = crypto.randomUUID()
  return { id, name: 'photo.jpg', type: 'image/jpeg', size: 1234, ...changes }
}

/** What a token says, for everybody to read. */
export function claimsOf(token: string): Readonly<Record<string, unknown>> {
  const [, payload = ''] = token.split('.')
  return JSON.parse(Buffer.from(payload, 'base64url').toString())
}

/** How the answer to an operation ends, item by item. */
export function endingsIn(operation: OperationName, answer: HttpAnswer): readonly string[] {
  if (answer.status !== 200) return [refusalIn(answer)]
  const parsed = parseResponse(operation, JSON.parse(answer.body))
  if (!parsed.ok) return [`no answer to ${operation}: ${parsed.field} ${parsed.problem}`]
  const { value } = parsed
  const items = 'files' in value ? value.files : 'uploads' in value ? value.uploads : [value]
  return items.map((item) =>
    'error' in item ? item.error.code : succeeded(`${operation} was answered`),
  )
}

/** The code of a refused request, if its status is the one that the protocol has for the code. */
export function refusalIn({ status, body }: HttpAnswer): string {
  if (status < 300) return succeeded(`HTTP status ${status}`)
  const parsed = parseErrorResponse(JSON.parse(body))
  if (!parsed.ok) return `HTTP status ${status} with ${body}`
  const { code } = parsed.value.error
  const isDocumented = Object.entries(errorCodes).some(
    ([name, meaning]) => name === code && meaning.status === status,
  )
  return isDocumented ? code : `HTTP status ${status} with the code ${code}`
}

/** The code of a refused request, or of the first refused item. */
export function codeIn(body: string): string {
  return /"code":"([a-z-]+)"/.exec(body)?.[1] ?? body.slice(0, 100)
}

const storedEnding = succeeded('S3 stored it')

/** Sends the bytes of a signed upload as a browser would, and says how S3 answered each request. */
export async function transfer(
  signed: SignedUpload,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<readonly string[]> {
  if (signed.method === 'POST') return [await sendForm(signed.url, signed.fields, bytes)]
  if (signed.method === 'PUT') return [await sendPut(signed.url, signed.headers, bytes)]
  const plan = { size: bytes.length, partSizeBytes: signed.partSizeBytes }
  const endings: string[] = []
  for (const { partNumber, url, headers } of signed.parts ?? []) {
    const { start, end } = partRange(plan, partNumber)
    endings.push(await sendPut(url, headers, bytes.subarray(start, end)))
  }
  return endings
}

/** Posts a form to S3. */
export async function sendForm(
  url: string,
  fields: Readonly<Record<string, string>>,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<string> {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  form.append('file', new Blob([bytes]), 'evil.html')
  return s3EndingOf(await fetch(url, { method: 'POST', body: form }))
}

/** Puts bytes to S3. */
export async function sendPut(
  url: string,
  headers: Readonly<Record<string, string>>,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<string> {
  return s3EndingOf(await fetch(url, { method: 'PUT', headers, body: bytes }))
}

/** How S3 ended a request. */
export async function s3EndingOf(response: Response): Promise<string> {
  const body = await response.text()
  if (response.ok) return storedEnding
  return `S3 ${response.status} ${parseS3Error(body)?.code ?? ''}`.trim()
}

/** Every operation of the protocol. */
export const operationNames = Object.keys(responseSchemas) as readonly OperationName[]

async function sendHttp(
  url: string,
  {
    method,
    headers,
    body,
  }: {
    readonly method: string
    readonly headers: OutgoingHttpHeaders
    readonly body: string | Uint8Array
  },
): Promise<HttpAnswer> {
  const answered = Promise.withResolvers<IncomingMessage>()
  const length = headers['transfer-encoding'] ? undefined : Buffer.byteLength(body)
  const sent = Object.entries({ 'content-length': length, ...headers })
  const given = Object.fromEntries(sent.filter(([, value]) => value !== undefined))
  httpRequest(url, { method, headers: given })
    .once('response', answered.resolve)
    .once('error', answered.reject)
    .end(body)
  const answer = await answered.promise
  return { status: answer.statusCode ?? 0, headers: answer.headers, body: await text(answer) }
}
