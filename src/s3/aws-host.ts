import type { BucketLocation } from './bucket-location.js'

/** The domains of AWS's partitions, by how the names of their regions begin. */
const domains: readonly (readonly [start: string, domain: string])[] = [
  ['cn-', 'amazonaws.com.cn'],
  ['eusc-', 'amazonaws.eu'],
  ['us-iso-', 'c2s.ic.gov'],
  ['us-isob-', 'sc2s.sgov.gov'],
  ['eu-isoe-', 'cloud.adc-e.uk'],
  ['us-isof-', 'csp.hci.ic.gov'],
]
const commonDomain = 'amazonaws.com'

/** Every domain under which AWS serves S3. */
export const awsDomains: readonly string[] = [commonDomain, ...domains.map(([, domain]) => domain)]

/**
 * Returns the host of S3 in a region, as the AWS SDK builds it.
 *
 * @example
 * awsHost({ bucket: 'photos', region: 'eu-west-1', useDualstackEndpoint: true }) // 's3.dualstack.eu-west-1.amazonaws.com'
 * @see https://docs.aws.amazon.com/general/latest/gr/s3.html
 */
export function awsHost(location: BucketLocation): string {
  const { region, useAccelerateEndpoint, useDualstackEndpoint, useFipsEndpoint } = location
  const domain = domains.find(([start]) => region.startsWith(start))?.[1] ?? commonDomain
  const stack = useDualstackEndpoint ? '.dualstack' : ''
  if (useAccelerateEndpoint) return `s3-accelerate${stack}.${domain}`
  return `s3${useFipsEndpoint ? '-fips' : ''}${stack}.${region}.${domain}`
}
