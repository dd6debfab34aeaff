import { awsDomains } from './aws-host.js'

/** Domains of services that put the bucket in front of them, and that hosts of an app's own do not end in. */
const domains: readonly string[] = [
  ...awsDomains,
  'aliyuncs.com',
  'backblazeb2.com',
  'cloud.ovh.net',
  'contabostorage.com',
  'digitaloceanspaces.com',
  'exo.io',
  'idrivee2.com',
  'linodeobjects.com',
  'myqcloud.com',
  'oraclecloud.com',
  'oraclegovcloud.com',
  'r2.cloudflarestorage.com',
  'scw.cloud',
  'storage.dev',
  'storage.googleapis.com',
  'storage.tigris.dev',
  'storage.yandexcloud.net',
  'storageapi.dev',
  'upcloudobjects.com',
  'vultrobjects.com',
  'wasabisys.com',
  'your-objectstorage.com',
]

/** Such as `s3.eu-west-1.…`, `s3-website-…`. */
const serviceLabel = /^s3[.-]/

/**
 * Tells whether a host is one of a storage service, in front of which a bucket's name can stand.
 *
 * A host such as `photos.example.com` need not be: `photos` can be a machine that has a bucket of the same name.
 */
export function isProviderHost(host: string): boolean {
  if (serviceLabel.test(host)) return true
  return domains.some((domain) => host === domain || host.endsWith(`.${domain}`))
}
