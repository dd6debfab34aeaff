import { SigningError } from '../signing-error.js'

/** The most bytes of a request body that are read: room for 100 files with all their metadata. */
export const maxBodyBytes = 1_048_576

/**
 * Reads a request's JSON body, at most {@link maxBodyBytes} of it.
 *
 * @throws SigningError `unsupported-media-type`, `request-too-large` or `invalid-request`.
 */
export async function readJsonBody(request: Request): Promise<unknown> {
  const text = decode(await readCapped(request))
  try {
    return JSON.parse(text)
  } catch {
    throw new SigningError('invalid-request', 'body: is not valid JSON.')
  }
}

/** Refuses every content type but JSON; a form of another site cannot send that one unasked. */
export function requireJsonContentType(request: Request): void {
  const [essence = ''] = (request.headers.get('content-type') ?? '').split(';', 1)
  if (essence.trim().toLowerCase() === 'application/json') return
  throw new SigningError(
    'unsupported-media-type',
    'The content type must be application/json, so that no form of another site can send this request.',
  )
}

async function readCapped(request: Request): Promise<Uint8Array> {
  if (request.bodyUsed) {
    throw new Error(
      's3-direct-upload: the request body was read before the signing handler got it. ' +
        'Hand the handler the untouched request.',
    )
  }
  if (Number(request.headers.get('content-length') ?? 0) > maxBodyBytes) throw tooLarge()
  if (request.body === null) return new Uint8Array()
  const reader = request.body.getReader()
  const chunks: Uint8Array[] = []
  let size = 0
  while (true) {
    const { done, value } = await reader.read().catch(refuseBrokenBody)
    if (done) return joined(chunks, size)
    size += value.length
    if (size > maxBodyBytes) {
      await reader.cancel()
      throw tooLarge()
    }
    chunks.push(value)
  }
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const bytes = new Uint8Array(size)
  let offset = 0
  for (const chunk of chunks) {
    bytes.set(chunk, offset)
    offset += chunk.length
  }
  return bytes
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new SigningError('invalid-request', 'body: is not valid UTF-8.')
  }
}

function refuseBrokenBody(): never {
  throw new SigningError('invalid-request', 'body: broke off before its end.')
}

function tooLarge(): SigningError {
  return new SigningError(
    'request-too-large',
    `The request body is longer than ${maxBodyBytes} bytes. Send fewer files in one request.`,
  )
}
