import { objectUrl } from '../s3/endpoint.js'
import { readAnswer } from './s3-answer.js'
import type { S3Connection } from './s3-connection.js'
import { refused, type S3Refusal, unusableAnswer } from './s3-failure.js'
import { type S3Request, send } from './send.js'

/** What S3 says about an object. */
export interface ObjectHead {
  readonly size: number
  readonly contentType: string
  /** As S3 writes it, with its quotation marks; without the `W/` of a proxy that compresses. */
  readonly etag: string
  /** Where the bucket keeps versions. */
  readonly versionId: string | undefined
  /** SHA-256 of the whole object, base64, where S3 was asked for it and has one. */
  readonly checksum: string | undefined
}

/** Which object to look at. */
export interface ObjectToHead {
  readonly key: string
  /** @default the version that stands under the key now */
  readonly versionId?: string | undefined
  /** Whether to ask for the checksum too. */
  readonly wantsChecksum?: boolean
}

/** The answer to a look at an object: what it is, what is lacking in its description, or with what S3 declined. */
type Look =
  | { readonly stored: ObjectHead }
  | { readonly lacking: string }
  | { readonly refusal: S3Refusal }

/**
 * Looks at an object; `undefined` when none stands under the key.
 *
 * Not every service answers HEAD with a length, knows the header that asks for the checksum, or allows HEAD at all. What
 * one request leaves open, the next one asks for.
 */
export async function sendHeadObject(
  { key, versionId, wantsChecksum = false }: ObjectToHead,
  connection: S3Connection,
): Promise<ObjectHead | undefined> {
  const url = objectUrl(connection.location, key)
  if (versionId !== undefined) url.searchParams.set('versionId', versionId)
  const look = (method: 'HEAD' | 'GET', headers?: S3Request<Look>['headers']) =>
    send({ method, url, headers, read: readLook }, connection)

  let head = await look('HEAD', wantsChecksum ? { 'x-amz-checksum-mode': 'ENABLED' } : undefined)
  if (wantsChecksum && statusOf(head) === 400) head = await look('HEAD')
  if ('stored' in head) return head.stored
  if (statusOf(head) === 404) return undefined
  // An answer to HEAD has no body, so the reason of a refusal must be asked for.
  let get = await look('GET', { range: 'bytes=0-0' })
  // An empty object has no first byte.
  if (statusOf(get) === 416) get = await look('GET')
  if ('stored' in get) return get.stored
  if ('lacking' in get) {
    throw unusableAnswer(
      `S3 described an object without ${get.lacking}. ` +
        'Look for a proxy between the server and the storage that takes headers away.',
    )
  }
  if (get.refusal.status === 404 && get.refusal.error?.code === 'NoSuchKey') return undefined
  throw refused('HeadObject', { ...get.refusal, status: statusOf(head) ?? get.refusal.status })
}

function statusOf(look: Look): number | undefined {
  return 'refusal' in look ? look.refusal.status : undefined
}

async function readLook(response: Response): Promise<Look> {
  if (!response.ok) return { refusal: await readAnswer(response) }
  await response.body?.cancel()
  return describe(response)
}

function describe({ status, headers }: Response): Look {
  const [, total] = /^bytes \d+-\d+\/(\d+)$/.exec(headers.get('content-range') ?? '') ?? []
  const size = Number((status === 206 ? total : headers.get('content-length')) ?? Number.NaN)
  const etag = headers.get('etag')?.replace(/^W\//, '')
  if (!Number.isSafeInteger(size)) return { lacking: 'its size (Content-Length, Content-Range)' }
  if (!etag) return { lacking: 'its ETag' }
  const checksum = headers.get('x-amz-checksum-sha256') ?? undefined
  const stored = {
    size,
    etag,
    contentType: headers.get('content-type') ?? '',
    versionId: headers.get('x-amz-version-id') ?? undefined,
    // "…-3" is the checksum of three parts' checksums.
    checksum: checksum?.includes('-') ? undefined : checksum,
  }
  return { stored }
}
