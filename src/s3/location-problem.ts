import type { BucketAddress, BucketLocation } from './bucket-location.js'
import { endpointProblem } from './endpoint-problem.js'

/** What is wrong with a location. */
export interface LocationProblem {
  readonly field: keyof BucketAddress
  /** Sentences that say the reason and the way out; the credentials of an endpoint are not repeated. */
  readonly problem: string
}

const bucketName = /^[A-Za-z0-9][A-Za-z0-9._-]{1,254}$/
const regionName = /^[A-Za-z0-9][A-Za-z0-9-]*$/
const fipsRegion = /^fips-|-fips$/
const variants = ['useAccelerateEndpoint', 'useFipsEndpoint', 'useDualstackEndpoint'] as const
/**
 * Of 3 to 63 characters: what a host name can carry, and a certificate for one more label covers. A label that begins
 * with `xn--` is encoded text, and URLs keep no host whose text cannot be decoded.
 */
const hostLabel = /^(?!xn--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/
const ipAddress = /^(\d+(\.\d+){3}|\[.*\])$/

/** Buckets with a protocol of their own, by how their names end. */
const otherBuckets: readonly (readonly [end: string, problem: string])[] = [
  ['--x-s3', 'is a directory bucket of S3 Express One Zone, which wants sessions'],
  ['--xa-s3', 'is an access point of S3 Express One Zone, which wants sessions'],
  ['--ol-s3', 'is an Object Lambda access point, which takes no uploads'],
  ['--op-s3', 'is an access point of S3 on Outposts, which has other signatures'],
  ['--table-s3', 'is a table bucket, which takes no files'],
  ['.mrap', 'is a Multi-Region Access Point, which has other signatures'],
]

/** Finds what keeps a location from being the address of a bucket; `undefined` where nothing does. */
export function locationProblem(location: BucketAddress): LocationProblem | undefined {
  return (
    problemOf('bucket', bucketProblem(location.bucket)) ??
    problemOf('region', regionProblem(location.region)) ??
    problemOf('endpoint', endpointProblem(location.endpoint, location.bucket)) ??
    problemOf('publicEndpoint', endpointProblem(location.publicEndpoint, location.bucket)) ??
    variantProblem(location)
  )
}

/** Tells whether the bucket stands in the path: where the location says so, and where a host name cannot carry it. */
export function usesPathStyle(location: BucketLocation, { hostname }: URL): boolean {
  if (location.forcePathStyle ?? location.endpoint !== undefined) return true
  return ipAddress.test(hostname) || !hostLabel.test(location.bucket)
}

function problemOf(
  field: LocationProblem['field'],
  problem: string | undefined,
): LocationProblem | undefined {
  return problem === undefined ? undefined : { field, problem }
}

function bucketProblem(bucket: string): string | undefined {
  if (bucket.startsWith('arn:')) {
    return `"${bucket}" is an ARN. Pass the name of the bucket, or the alias of the access point, which ends in "-s3alias".`
  }
  if (!bucketName.test(bucket)) return `"${bucket}" is not a bucket name. Pass the name alone.`
  const other = otherBuckets.find(([end]) => bucket.endsWith(end))
  return other && `"${bucket}" ${other[1]}. Use a general purpose bucket.`
}

function regionProblem(region: string): string | undefined {
  if (region === 'aws-global') return '"aws-global" is not a region. Use "us-east-1".'
  if (fipsRegion.test(region)) {
    const name = region.replace(fipsRegion, '')
    return `"${region}" is not a region. Use "${name}" with useFipsEndpoint: true (AWS_USE_FIPS_ENDPOINT=true).`
  }
  if (regionName.test(region)) return undefined
  return `"${region}" is not a region. Use one such as "eu-west-1".`
}

/** What the AWS SDK refuses too. */
function variantProblem(location: BucketLocation): LocationProblem | undefined {
  const { region, endpoint, useFipsEndpoint } = location
  const used = variants.find((name) => location[name])
  if (used === undefined) return undefined
  if (endpoint !== undefined) {
    const problem = `Cannot be combined with an endpoint of your own, "${endpoint}". Leave one of them out.`
    return { field: used, problem }
  }
  const isMissing = region.startsWith('cn-') && used !== 'useDualstackEndpoint'
  if (isMissing) return { field: used, problem: `Does not exist in "${region}". Leave it out.` }
  if (used !== 'useAccelerateEndpoint') return undefined
  if (useFipsEndpoint) {
    return {
      field: used,
      problem: 'Cannot be combined with useFipsEndpoint. Leave one of them out.',
    }
  }
  if (!needsPath(location)) return undefined
  const problem =
    'Needs the bucket in the host name. Leave forcePathStyle out, and use a bucket without dots, capitals or underscores.'
  return { field: used, problem }
}

function needsPath({ bucket, forcePathStyle = false }: BucketLocation): boolean {
  return forcePathStyle || !hostLabel.test(bucket)
}
