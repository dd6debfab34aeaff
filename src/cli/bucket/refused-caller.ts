import type { BucketLocation } from '../../s3/bucket-location.js'
import { classifyRefusal } from '../../s3/error-codes.js'
import { isAboutRegion, namedRegion } from '../../s3/named-region.js'
import type { S3Answer } from '../../s3-client/s3-answer.js'
import { isDenied, isForeign } from './judge-answer.js'

/** Why the storage does not deal with a caller at all, and the way out. */
interface RefusedCaller {
  readonly id: string
  readonly problem: string
  readonly reason: string
  readonly fix: { readonly text: string; readonly command?: string }
}

/** Explains why the storage refuses whatever this caller asks for, if that is what it says. */
export function refusedCaller(
  answer: S3Answer,
  location: BucketLocation,
): RefusedCaller | undefined {
  return regionFinding(answer, location) ?? credentialsFinding(answer, location)
}

const proxyHint =
  ' If they are right, a proxy changes requests: it has to pass host name and path on as they are.'

const identityCommand = 'aws sts get-caller-identity'

/** Explains why S3 does not accept a key, or what it signs. A permission that is missing is another matter. */
function credentialsFinding(
  answer: S3Answer,
  { endpoint }: BucketLocation,
): RefusedCaller | undefined {
  const { cause } = classifyRefusal(answer)
  const code = answer.error?.code
  if (code === undefined || isDenied(answer)) return undefined
  const reason = 'Whatever the server signs with them is refused.'
  switch (cause) {
    case 'signature-expired':
      return {
        id: 'expired-credentials',
        problem: `The credentials have expired (${code}).`,
        reason,
        fix: {
          text: 'Fetch new temporary credentials; on a server, give the handler a provider that renews them.',
          command: identityCommand,
        },
      }
    case 'storage-clock':
      return {
        id: 'clock',
        problem: `This machine's clock and that of the storage differ too much (${code}).`,
        reason: 'Signatures carry the time of the machine that makes them.',
        fix: { text: 'Set the clock by NTP.', command: 'sudo timedatectl set-ntp true' },
      }
    case 'storage-key-unknown':
    case 'signature-wrong':
      return {
        id: 'credentials',
        problem: `The storage does not accept the credentials (${code}).`,
        reason,
        fix: {
          text: `Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY of one key, and AWS_SESSION_TOKEN exactly where the key is temporary.${cause === 'signature-wrong' && endpoint ? proxyHint : ''}`,
          command: identityCommand,
        },
      }
    default:
      return undefined
  }
}

/** Explains that a bucket is in another region, if that is what S3 says. */
function regionFinding(answer: S3Answer, location: BucketLocation): RefusedCaller | undefined {
  const isElsewhere = (answer.status === 301 || answer.status === 307) && !isForeign(answer)
  if (!isAboutRegion(answer.error?.code ?? '') && !isElsewhere) return undefined
  const region = namedRegion(answer)
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
