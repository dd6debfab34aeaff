import { endpointWithoutBucket, parseEndpoint } from '../../../s3/endpoint-problem.js'
import { type LocationProblem, locationProblem } from '../../../s3/location-problem.js'
import { shellLine } from '../../bucket/aws-line.js'
import type { BucketConfig } from '../../bucket/bucket-options.js'
import type { DoctorCheck } from '../examination/doctor.js'
import type { Finding } from '../examination/finding.js'

/** Reads the address as the signing handler does when it starts, before anything is sent there. */
export const addressCheck: DoctorCheck = {
  name: 'address',
  title: 'bucket, region and endpoint make an address',
  async run({ config }) {
    const wrong = locationProblem(config)
    if (!wrong) return {}
    return { isFatal: true, findings: [bucketInEndpoint(wrong, config) ?? addressFinding(wrong)] }
  },
}

const variables = { endpoint: 'AWS_ENDPOINT_URL_S3', publicEndpoint: 'S3_PUBLIC_ENDPOINT' } as const

function bucketInEndpoint(
  { field, problem }: LocationProblem,
  config: BucketConfig,
): Finding | undefined {
  if (field !== 'endpoint' && field !== 'publicEndpoint') return undefined
  const url = parseEndpoint(config[field] ?? '')
  const rest = url && endpointWithoutBucket(url, config.bucket)
  if (rest === undefined) return undefined
  return {
    id: 'endpoint-style',
    problem: `The ${field} ${problem}`,
    reason: 'Objects would end up under wrong keys, or nowhere.',
    fix: {
      text: 'Leave the bucket out of the endpoint.',
      command: shellLine([`${variables[field]}=${rest}`]),
    },
  }
}

function addressFinding({ field, problem }: LocationProblem): Finding {
  return {
    id: 'address',
    problem: `${field}: ${problem}`,
    reason: 'The signing handler does not start with it.',
    fix: { text: 'Correct the variable or the option, and run the doctor again.' },
  }
}
