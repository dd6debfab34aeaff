import { canonicalQuery, canonicalRequest, canonicalUri } from './canonical-request.js'
import { requireCredentials } from './credentials.js'
import { lowerCaseNames } from './header-names.js'
import { signCanonicalRequest } from './signature.js'
import { requireExpiry, type SigningContext } from './signing-context.js'
import { credentialScope } from './signing-key.js'
import { amzDate } from './signing-time.js'
import { uriEncode } from './uri-encode.js'

/** A request that a sender without credentials will send. */
interface RequestToPresign {
  readonly method: string
  /** Query parameters in it are signed too. */
  readonly url: URL | string
  /** Each becomes a signed header: the sender must send exactly these values. */
  readonly headers?: Readonly<Record<string, string>>
  /** How long the URL works, 1 to 604,800 (seven days); temporary credentials can end it earlier. */
  readonly expiresInSeconds: number
}

/**
 * Makes a URL that carries its own signature: its holder may send this one request until it expires.
 *
 * @example
 * const url = presignUrl(
 *   { method: 'PUT', url: object, headers: { 'content-type': 'image/png' }, expiresInSeconds: 600 },
 *   { credentials, region: 'eu-west-1' },
 * )
 * @throws RangeError when `expiresInSeconds` is not a whole number from 1 to 604,800.
 * @throws TypeError when the URL or the credentials are unusable.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/developerguide/sigv4-query-string-auth.html
 */
export function presignUrl(
  request: RequestToPresign,
  { credentials, region, service, now: date = new Date() }: SigningContext,
): string {
  requireExpiry(request.expiresInSeconds)
  const { accessKeyId, secretAccessKey, sessionToken } = requireCredentials(credentials)
  const url = new URL(request.url)
  const headers = { ...lowerCaseNames(request.headers), host: url.host }
  const signedHeaders = Object.keys(headers).sort()

  url.search = withSignatureParameters(url.search, {
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': `${accessKeyId}/${credentialScope(date, region, service)}`,
    'X-Amz-Date': amzDate(date),
    'X-Amz-Expires': String(request.expiresInSeconds),
    ...(sessionToken && { 'X-Amz-Security-Token': sessionToken }),
    'X-Amz-SignedHeaders': signedHeaders.join(';'),
  })
  const signature = signCanonicalRequest(
    canonicalRequest({
      method: request.method,
      url,
      headers: Object.entries(headers),
      signedHeaders,
      payloadHash: 'UNSIGNED-PAYLOAD',
    }),
    { secretAccessKey, date, region, service },
  )
  return `${url.origin}${sentPath(url.pathname)}${url.search}&X-Amz-Signature=${signature}`
}

/**
 * Encodes a path as it is signed, but for slashes that are written as `%2F`: those keep a URL from dropping the dot
 * segments beside them, and S3 decodes the path before it encodes it anew.
 */
function sentPath(pathname: string): string {
  return pathname
    .split(/%2F/i)
    .map((piece) => piece && canonicalUri(piece))
    .join('%2F')
}

function withSignatureParameters(search: string, parameters: Record<string, string>): string {
  const added = Object.entries(parameters).map(([name, value]) => `${name}=${uriEncode(value)}`)
  return canonicalQuery(search ? `${search}&${added.join('&')}` : added.join('&'))
}
