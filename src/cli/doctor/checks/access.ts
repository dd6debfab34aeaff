import type { BucketLocation } from '../../../s3/endpoint.js'
import { type Answer, isDenied, outcomeOf } from '../../bucket/answer.js'
import { openBucket } from '../../bucket/bucket.js'
import type { Check, CheckOutcome, Doctor } from '../doctor.js'
import type { Finding } from '../finding.js'
import { refusalFinding } from '../permission.js'
import { credentialsFinding, regionFinding } from '../refused-caller.js'

/** Asks the bucket itself something, so that whatever is wrong with the address or the key comes out. */
export const accessCheck: Check = {
  name: 'access',
  title: 'endpoint style, region, bucket and credentials fit together',
  async run(doctor) {
    const host = hostWithBucket(doctor.bucket.location)
    if (host) return fatal(host)
    const answer = await listOnce(doctor)
    if (answer?.isSuccess) return {}
    if (answer && isDenied(answer)) return { findings: [listDenied(answer, doctor)] }
    const known = answer && (credentialsFinding(answer) ?? regionFinding(answer, doctor))
    if (known) return fatal(known)
    const style = await otherStyle(doctor)
    if (style) return fatal(style)
    if (answer === undefined) return fatal(unreachableBucket(doctor))
    return fatal(noBucket(answer, doctor) ?? listDenied(answer, doctor))
  },
}

function fatal(finding: Finding): CheckOutcome {
  return { isFatal: true, findings: [finding] }
}

/** `undefined` when there is no such host. */
async function listOnce({
  bucket,
  folder,
}: Pick<Doctor, 'bucket' | 'folder'>): Promise<Answer | undefined> {
  const query = { 'list-type': '2', prefix: folder, 'max-keys': '1' }
  try {
    const answer = await bucket.send({ method: 'GET', query })
    // A server that takes the host name for its own lists its buckets.
    if (answer.isSuccess && !answer.body.includes('<ListBucketResult')) return undefined
    return answer
  } catch (error) {
    if (error instanceof TypeError && !error.message.startsWith('s3-direct-upload'))
      return undefined
    throw error
  }
}

function hostWithBucket({ bucket, endpoint }: BucketLocation): Finding | undefined {
  if (endpoint === undefined) return undefined
  const url = new URL(endpoint)
  if (!url.hostname.startsWith(`${bucket}.`)) return undefined
  url.hostname = url.hostname.slice(bucket.length + 1)
  return {
    id: 'endpoint-style',
    problem: `The endpoint has the bucket in its host name already: ${endpoint}.`,
    reason: 'The bucket is named twice, so that objects end up under wrong keys, or nowhere.',
    fix: {
      text: 'Leave the bucket out of the endpoint.',
      command: `AWS_ENDPOINT_URL_S3=${url.href.replace(/\/$/, '')}`,
    },
  }
}

/** Tries the bucket in the host name instead of the path, or the other way round. */
async function otherStyle({ config, terminal, folder }: Doctor): Promise<Finding | undefined> {
  const { bucket, endpoint, forcePathStyle = endpoint !== undefined } = config
  const other = openBucket({ ...config, forcePathStyle: !forcePathStyle }, terminal)
  const answer = await listOnce({ bucket: other, folder })
  if (!answer || !(answer.isSuccess || isDenied(answer))) return undefined
  const [wrong, right] = forcePathStyle ? ['path', 'host name'] : ['host name', 'path']
  return {
    id: 'endpoint-style',
    problem: `The endpoint wants the bucket ${bucket} in the ${right}, not in the ${wrong}.`,
    reason: 'Every URL that is signed leads nowhere.',
    fix: {
      text: `Have the bucket named in the ${right} (the option forcePathStyle).`,
      command: `S3_FORCE_PATH_STYLE=${!forcePathStyle}`,
    },
  }
}

function noBucket(answer: Answer, { config }: Doctor): Finding | undefined {
  if (answer.status !== 404) return undefined
  return {
    id: 'bucket',
    problem: `There is no bucket ${config.bucket} at this endpoint (${outcomeOf(answer)}).`,
    reason: 'There is nowhere to upload to.',
    fix: {
      text: "Set the name of your bucket; these are the account's.",
      command: `aws s3 ls${config.endpoint ? ` --endpoint-url ${config.endpoint}` : ''}`,
    },
  }
}

function unreachableBucket({ bucket }: Doctor): Finding {
  return {
    id: 'unreachable',
    problem: `Nothing that speaks S3 answers at ${bucket.url().host}, though the endpoint does.`,
    reason: 'Neither the server nor a browser reaches the bucket.',
    fix: { text: 'Check the name of the bucket, AWS_ENDPOINT_URL_S3 and S3_FORCE_PATH_STYLE.' },
  }
}

function listDenied(answer: Answer, doctor: Doctor): Finding {
  const need = {
    operation: 'ListObjectsV2',
    action: 's3:ListBucket',
    reason:
      'Without it S3 answers 403 for an object that is not there, so that a missing upload looks like a missing permission.',
  }
  return refusalFinding(answer, need, doctor)
}
