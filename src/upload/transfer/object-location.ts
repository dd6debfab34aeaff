import { encodeObjectKey } from '../../s3/object-key.js'
import type { SignedSingle } from './single-request.js'

/** The object's own URL, without a signature. */
export function locationOf({ method, url, key }: SignedSingle): string {
  // A form goes to the bucket, a PUT to the object itself.
  if (method === 'PUT') return withoutQuery(url)
  const location = new URL(withoutQuery(url))
  location.pathname = `${location.pathname.replace(/\/$/, '')}/${encodeObjectKey(key)}`
  return location.href
}

/** A presigned URL without its signature. */
export function withoutQuery(url: string): string {
  const location = new URL(url)
  location.search = ''
  return location.href
}
