import type { Disposition } from '../../../protocol/downloads.js'
import { objectUrl } from '../../../s3/endpoint.js'
import { presignUrl } from '../../../sigv4/presign-url.js'
import { contentDisposition } from '../../objects/content-disposition.js'
import type { SigningScope } from './signing-scope.js'

/** An object, and in what S3 is to answer otherwise than it was stored. */
export interface ObjectToGet {
  readonly key: string
  /** @default the version that stands under the key when it is asked for */
  readonly versionId?: string | undefined
  /** As the object was stored, if left out together with `name`. */
  readonly disposition?: Disposition | undefined
  /** @default the last segment of the key */
  readonly name?: string | undefined
  /** As the object was stored, if left out. */
  readonly contentType?: string | undefined
  /** As the object was stored, if left out. */
  readonly cacheControl?: string | undefined
}

/**
 * Signs a GET of one object, in the form of `aws s3 presign`.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
 */
export function signGet(
  object: ObjectToGet,
  { location, credentials, expiresInSeconds, now }: SigningScope,
): string {
  const url = objectUrl(location, object.key)
  url.search = new URLSearchParams(overridesOf(object)).toString()
  return presignUrl(
    { method: 'GET', url, expiresInSeconds },
    { credentials, region: location.region, now },
  )
}

function overridesOf(object: ObjectToGet): Record<string, string> {
  const { key, disposition, name, contentType, cacheControl, versionId } = object
  const isNamed = disposition !== undefined || name !== undefined
  return {
    ...(isNamed && {
      'response-content-disposition': contentDisposition(
        disposition ?? 'attachment',
        name ?? key.slice(key.lastIndexOf('/') + 1),
      ),
    }),
    ...(contentType !== undefined && { 'response-content-type': contentType }),
    ...(cacheControl !== undefined && { 'response-cache-control': cacheControl }),
    ...(versionId !== undefined && { versionId }),
  }
}
