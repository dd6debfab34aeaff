import type { Credentials } from '../../src/sigv4/credentials.js'

/** The bucket of all benchmarks, and the key that opens it. */
export const bucket = {
  name: 'bench',
  region: 'us-east-1',
  credentials: {
    accessKeyId: 'AKIABENCHMARK',
    secretAccessKey: 'a secret that is good for nothing else',
  } satisfies Credentials,
} as const

/** Where the browser finds the bucket. */
export interface BucketAddress {
  readonly s3Url: string
}

/** The URL of an object, with a query such as `uploads=`. */
export function objectUrl({ s3Url }: BucketAddress, key: string, query = ''): URL {
  const path = key.split('/').map(encodeURIComponent).join('/')
  return new URL(`${s3Url}/${bucket.name}/${path}${query && `?${query}`}`)
}
