import type { BucketLocation } from '../../s3/bucket-location.js'
import { namedRegion } from '../../s3/named-region.js'
import { parseS3Error } from '../../s3/s3-error.js'
import type { S3Answer } from '../../s3-client/s3-answer.js'
import { isForeign } from './judge-answer.js'

/** Why the storage does not deal with a caller at all, and the way out. */
interface RefusedCaller {
  readonly id: string
  readonly problem: string
  readonly reason: string
  readonly fix: { readonly text: string; readonly command?: string }
}

const regionCodes = new Set([
  'AuthorizationHeaderMalformed',
  'IllegalLocationConstraintException',
  // MinIO and others.
  'InvalidRegion',
  'PermanentRedirect',
  'TemporaryRedirect',
])

const proxyHint =
  ' If they are right, a proxy changes requests: it has to pass host name and path on as they are.'

/** Explains why S3 does not accept a key, if that is what it says. */
export function credentialsFinding(
  { error }: S3Answer,
  { endpoint }: BucketLocation,
): RefusedCaller | undefined {
  const reason = 'Whatever the server signs with them is refused.'
  const code = error?.code
  switch (code) {
    case 'ExpiredToken':
      return {
        id: 'expired-credentials',
        problem: 'The credentials have expired (ExpiredToken).',
        reason,
        fix: {
          text: 'Fetch new temporary credentials; on a server, give the handler a provider that renews them.',
          command: 'aws sts get-caller-identity',
        },
      }
    case 'InvalidToken':
    case 'InvalidAccessKeyId':
    case 'SignatureDoesNotMatch':
      return {
        id: 'credentials',
        problem: `The storage does not accept the credentials (${code}).`,
        reason,
        fix: {
          text: `Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY of one key, and AWS_SESSION_TOKEN exactly where the key is temporary.${code === 'SignatureDoesNotMatch' && endpoint ? proxyHint : ''}`,
          command: 'aws sts get-caller-identity',
        },
      }
    default:
      return undefined
  }
}

/** Explains that a bucket is in another region, if that is what S3 says. */
export function regionFinding(
  answer: S3Answer,
  location: BucketLocation,
): RefusedCaller | undefined {
  const isElsewhere = (answer.status === 301 || answer.status === 307) && !isForeign(answer)
  if (!regionCodes.has(answer.error?.code ?? '') && !isElsewhere) return undefined
  const { headers, body } = answer
  const region = namedRegion({ headers, body, error: parseS3Error(body) })
  if (region === location.region) return undefined
  return {
    id: 'region',
    problem: `The bucket ${location.bucket} is not in the region ${location.region}${region ? ` but in ${region}` : ''}.`,
    reason: 'A signature holds for one region, so every upload is refused.',
    fix: region
      ? { text: `Set AWS_REGION to ${region}.`, command: `AWS_REGION=${region}` }
      : { text: `Set AWS_REGION to the bucket's region; its owner sees it in the console.` },
  }
}
