import { awsDomains } from '../../../s3/aws-host.js'

/** Providers about which there is something of their own to say. */
export type ProviderFamily = 'aws' | 'r2' | 'b2' | 'other'

/** Tells from an endpoint whose it is. */
export function providerFamilyOf(endpoint: string | undefined): ProviderFamily {
  if (endpoint === undefined) return 'aws'
  const { hostname } = new URL(endpoint)
  if (awsDomains.some((domain) => hostname.endsWith(`.${domain}`))) return 'aws'
  if (hostname.endsWith('.r2.cloudflarestorage.com')) return 'r2'
  if (hostname.endsWith('.backblazeb2.com')) return 'b2'
  return 'other'
}
