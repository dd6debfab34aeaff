import { objectUrl } from '../../s3/endpoint.js'
import { parseS3Error } from '../../s3/s3-error.js'
import type { S3Connection } from './s3-connection.js'
import { send } from './send.js'
import { objectRefusal, storageFailure } from './storage-failure.js'

/** What S3 says about an object. */
export interface StoredObject {
  readonly size: number
  readonly contentType: string
  /** As S3 writes it, with its quotation marks. */
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

/** The answer to a look at an object: what it is, or with which status S3 declined. */
type Look = { readonly stored: StoredObject } | { readonly status: number; readonly body: string }

/** Looks at an object; `undefined` when none stands under the key. */
export async function headObject(
  { key, versionId, wantsChecksum = false }: ObjectToHead,
  connection: S3Connection,
): Promise<StoredObject | undefined> {
  const url = objectUrl(connection.location, key)
  if (versionId !== undefined) url.searchParams.set('versionId', versionId)
  const checksumMode = wantsChecksum ? { 'x-amz-checksum-mode': 'ENABLED' } : undefined
  const head = await send(
    { method: 'HEAD', url, headers: checksumMode, read: readLook },
    connection,
  )
  if ('stored' in head) return head.stored
  if (head.status === 404) return undefined
  // An answer to HEAD has no body, so the reason must be asked for; and some servers refuse HEAD alone.
  const ofOneByte = { range: 'bytes=0-0' }
  const get = await send({ method: 'GET', url, headers: ofOneByte, read: readLook }, connection)
  if ('stored' in get) return get.stored
  throw objectRefusal({ status: head.status, error: parseS3Error(get.body) })
}

async function readLook(response: Response): Promise<Look> {
  if (!response.ok) return { status: response.status, body: await response.text() }
  await response.body?.cancel()
  return { stored: readStoredObject(response) }
}

function readStoredObject({ status, headers }: Response): StoredObject {
  const [, total] = /^bytes \d+-\d+\/(\d+)$/.exec(headers.get('content-range') ?? '') ?? []
  const size = Number((status === 206 ? total : headers.get('content-length')) ?? Number.NaN)
  const etag = headers.get('etag')
  if (!Number.isSafeInteger(size) || etag === null) {
    throw storageFailure(
      new Error('s3-direct-upload: S3 described an object without its size or its ETag.'),
    )
  }
  const checksum = headers.get('x-amz-checksum-sha256') ?? undefined
  return {
    size,
    etag,
    contentType: headers.get('content-type') ?? '',
    versionId: headers.get('x-amz-version-id') ?? undefined,
    // "…-3" is the checksum of three parts' checksums.
    checksum: checksum?.includes('-') ? undefined : checksum,
  }
}
