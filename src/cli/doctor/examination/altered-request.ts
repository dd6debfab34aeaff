import { isSuccess, type S3Answer } from '../../../s3-client/s3-answer.js'
import { presignUrl } from '../../../sigv4/presign-url.js'
import { elementOf } from '../../bucket/judge-answer.js'
import type { Doctor } from './doctor.js'
import type { Finding } from './finding.js'

/**
 * Explains that a request arrived otherwise than it was signed, if the storage shows what it has checked.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
export function alteredAddress(answer: S3Answer, url: URL): Finding | undefined {
  const canonical = elementOf(answer, 'CanonicalRequest')?.split('\n')
  if (answer.error?.code !== 'SignatureDoesNotMatch' || !canonical) return undefined
  const [, path = ''] = canonical
  const host = canonical.find((line) => line.startsWith('host:'))?.slice('host:'.length) ?? ''
  if (host !== url.host) return alteredRequest(`the host ${url.host}, but it arrived for ${host}`)
  if (path !== url.pathname)
    return alteredRequest(`the path ${url.pathname}, but it arrived for ${path}`)
  return undefined
}

/** Explains that the header `Authorization` does not arrive, if a signature in the URL is accepted. */
export async function lostAuthorization(
  { bucket, terminal }: Doctor,
  url: URL,
): Promise<Finding | undefined> {
  const signed = presignUrl(
    { method: 'GET', url, expiresInSeconds: 60 },
    {
      credentials: await bucket.credentials(),
      region: bucket.location.region,
      now: terminal.now(),
    },
  )
  if (!isSuccess(await bucket.sendUnsigned(signed))) return undefined
  return {
    id: 'altered-request',
    problem:
      'Requests arrive without their header Authorization: the same question with its signature in the URL is answered.',
    reason: 'The storage takes the server for a stranger, and refuses everything it asks for.',
    fix: {
      text: 'Have the proxy between here and the storage pass Authorization on, or set AWS_ENDPOINT_URL_S3 to the address of the storage itself.',
    },
  }
}

function alteredRequest(what: string): Finding {
  return {
    id: 'altered-request',
    problem: `A request was signed for ${what}.`,
    reason:
      'Something between here and the storage changes requests, and no signature fits any more.',
    fix: {
      text: 'Have the proxy pass host name and path on as they are (nginx: proxy_set_header Host $http_host), or set AWS_ENDPOINT_URL_S3 to the address of the storage itself.',
    },
  }
}
