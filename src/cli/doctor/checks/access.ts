import { isSuccess, rootOf, type S3Answer } from '../../../s3-client/s3-answer.js'
import { openBucket } from '../../bucket/bucket.js'
import { describeAnswer, isDenied, isForeign } from '../../bucket/judge-answer.js'
import { NoAnswerError } from '../../bucket/no-answer-error.js'
import { refusedCaller } from '../../bucket/refused-caller.js'
import { networkReason, networkRemedy } from '../../command-line/network-failure.js'
import { alteredAddress, lostAuthorization } from '../examination/altered-request.js'
import type { CheckOutcome, Doctor, DoctorCheck } from '../examination/doctor.js'
import type { Finding } from '../examination/finding.js'
import { foreignAnswerFinding } from '../examination/foreign-answer-finding.js'
import { refusalFinding } from '../examination/permission.js'

/** Asks the bucket itself something, so that whatever is wrong with the address or the key comes out. */
export const accessCheck: DoctorCheck = {
  name: 'access',
  title: 'endpoint style, region, bucket and credentials fit together',
  async run(doctor) {
    const answer = await listOnce(doctor)
    if (answer instanceof NoAnswerError) {
      return fatal((await otherStyle(doctor)) ?? unreachableBucket(doctor, answer))
    }
    if (isSuccess(answer) && !isForeignList(answer)) return {}
    if (isDenied(answer)) return judgeDenial(answer, doctor)
    const known =
      alteredAddress(answer, doctor.bucket.url()) ?? refusedCaller(answer, doctor.bucket.location)
    const style = known ?? (await otherStyle(doctor)) ?? hostWithBucket(doctor)
    return fatal(style ?? unknownBucket(answer, doctor))
  },
}

function fatal(finding: Finding): CheckOutcome {
  return { isFatal: true, findings: [finding] }
}

async function listOnce({
  bucket,
  folder,
}: Pick<Doctor, 'bucket' | 'folder'>): Promise<S3Answer | NoAnswerError> {
  try {
    return await bucket.send({ method: 'GET', query: listQuery(folder) })
  } catch (error) {
    if (error instanceof NoAnswerError) return error
    throw error
  }
}

function listQuery(prefix: string) {
  return { 'list-type': '2', prefix, 'max-keys': '1' }
}

/** A page, for example, or the list of buckets of a server that takes the host name for its own. */
function isForeignList(answer: S3Answer): boolean {
  return rootOf(answer)?.name !== 'ListBucketResult'
}

async function judgeDenial(answer: S3Answer, doctor: Doctor): Promise<CheckOutcome> {
  const url = doctor.bucket.url(undefined, listQuery(doctor.folder))
  const lost = await lostAuthorization(doctor, url)
  return lost ? fatal(lost) : { findings: [listDenied(answer, doctor)] }
}

/** Tries the bucket in the host name instead of the path, or the other way round. */
async function otherStyle({ config, terminal, folder }: Doctor): Promise<Finding | undefined> {
  const { bucket, endpoint, forcePathStyle = endpoint !== undefined } = config
  const other = openBucket({ ...config, forcePathStyle: !forcePathStyle }, terminal)
  const answer = await listOnce({ bucket: other, folder })
  if (answer instanceof NoAnswerError) return undefined
  const fits = isSuccess(answer) ? !isForeignList(answer) : isDenied(answer)
  if (!fits) return undefined
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

/** A host that begins like the bucket can be a machine of that name, but not where nothing is found. */
function hostWithBucket({ config: { bucket, endpoint } }: Doctor): Finding | undefined {
  if (endpoint === undefined) return undefined
  const url = new URL(endpoint)
  if (!url.hostname.startsWith(`${bucket}.`)) return undefined
  url.hostname = url.hostname.slice(bucket.length + 1)
  return {
    id: 'endpoint-style',
    problem: `The endpoint seems to have the bucket in its host name already: ${endpoint}.`,
    reason: 'The bucket is named twice, so that objects end up under wrong keys, or nowhere.',
    fix: {
      text: 'Leave the bucket out of the endpoint.',
      command: `AWS_ENDPOINT_URL_S3=${url.href.replace(/\/$/, '')}`,
    },
  }
}

function unknownBucket(answer: S3Answer, doctor: Doctor): Finding {
  const { config } = doctor
  if (isSuccess(answer) || isForeign(answer)) {
    return foreignAnswerFinding(answer, 'ListObjectsV2', doctor)
  }
  if (answer.status !== 404) return listDenied(answer, doctor)
  return {
    id: 'bucket',
    problem: `There is no bucket ${config.bucket} at this endpoint (${describeAnswer(answer)}).`,
    reason: 'There is nowhere to upload to.',
    fix: {
      text: "Set the name of your bucket; these are the account's.",
      command: `aws s3 ls${config.endpoint ? ` --endpoint-url ${config.endpoint}` : ''}`,
    },
  }
}

function unreachableBucket({ bucket }: Doctor, error: NoAnswerError): Finding {
  return {
    id: 'unreachable',
    problem: `Nothing that speaks S3 answers at ${bucket.url().host}, though the endpoint does: ${networkReason(error)}.`,
    reason: 'Neither the server nor a browser reaches the bucket.',
    fix: {
      text: `Check the name of the bucket, AWS_ENDPOINT_URL_S3 and S3_FORCE_PATH_STYLE. ${networkRemedy(error) ?? ''}`.trim(),
    },
  }
}

function listDenied(answer: S3Answer, doctor: Doctor): Finding {
  const need = {
    operation: 'ListObjectsV2',
    action: 's3:ListBucket',
    reason:
      'Without it S3 answers 403 for an object that is not there, so that a missing upload looks like a missing permission.',
  }
  return refusalFinding(answer, need, doctor)
}
