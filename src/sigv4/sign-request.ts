import { canonicalRequest } from './canonical-request.js'
import { requireCredentials } from './credentials.js'
import { lowerCaseNames } from './header-names.js'
import { signCanonicalRequest } from './signature.js'
import type { SigningContext } from './signing-context.js'
import { credentialScope } from './signing-key.js'
import { amzDate } from './signing-time.js'

/** A request to be sent with an `authorization` header. */
interface RequestInput {
  readonly method: string
  /** Also its query is signed. */
  readonly url: URL | string
  /** Each is signed and must be sent as it is. */
  readonly headers?: Readonly<Record<string, string>>
  /**
   * SHA-256 of the body in hexadecimal.
   *
   * @default 'UNSIGNED-PAYLOAD'
   */
  readonly payloadHash?: string
}

/**
 * Signs a request and returns every header to send with it, names in lower case; `host` is left to the sender.
 *
 * @example
 * const headers = signRequest({ method: 'HEAD', url }, { credentials, region: 'eu-west-1' })
 * const response = await fetch(url, { method: 'HEAD', headers })
 * @throws TypeError when the URL or the credentials are unusable.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/developerguide/sig-v4-header-based-auth.html
 */
export function signRequest(
  request: RequestInput,
  { credentials, region, service, now: date = new Date() }: SigningContext,
): Record<string, string> {
  const { accessKeyId, secretAccessKey, sessionToken } = requireCredentials(credentials)
  const url = new URL(request.url)
  const payloadHash = request.payloadHash ?? 'UNSIGNED-PAYLOAD'

  const headers = lowerCaseNames(request.headers)
  headers['x-amz-content-sha256'] = payloadHash
  headers['x-amz-date'] = amzDate(date)
  if (sessionToken) headers['x-amz-security-token'] = sessionToken

  const candidates: [string, string][] = [['host', url.host], ...Object.entries(headers)]
  const signedHeaders = candidates.map(([name]) => name).sort()
  const signature = signCanonicalRequest(
    canonicalRequest({
      method: request.method,
      url,
      headers: candidates,
      signedHeaders,
      payloadHash,
    }),
    { secretAccessKey, date, region, service },
  )

  const credential = `${accessKeyId}/${credentialScope(date, region, service)}`
  headers.authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${signedHeaders.join(';')}, Signature=${signature}`
  return headers
}
