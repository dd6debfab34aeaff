import { S3Client } from '@aws-sdk/client-s3'
import { describe, expect, test } from 'vitest'
import type { BucketLocation } from '../../src/s3/bucket-location.js'
import { bucketUrl } from '../../src/s3/endpoint.js'

const { endpointProvider } = new S3Client({ region: 'us-east-1' }).config

/** The URL of a bucket by the rules of the AWS SDK; `undefined` where it refuses. */
function urlOfSdk(location: BucketLocation): string | undefined {
  const { bucket, region, endpoint, forcePathStyle = endpoint !== undefined } = location
  const {
    useAccelerateEndpoint = false,
    useDualstackEndpoint = false,
    useFipsEndpoint = false,
  } = location
  try {
    return endpointProvider({
      Bucket: bucket,
      Region: region,
      Endpoint: endpoint,
      ForcePathStyle: forcePathStyle,
      Accelerate: useAccelerateEndpoint,
      UseDualStack: useDualstackEndpoint,
      UseFIPS: useFipsEndpoint,
      UseGlobalEndpoint: false,
    }).url.href
  } catch {
    return undefined
  }
}

function ourUrl(location: BucketLocation): string | undefined {
  try {
    return bucketUrl(location).href
  } catch {
    return undefined
  }
}

const regions = [
  'us-east-1',
  'eu-west-1',
  'mx-central-1',
  'cn-north-1',
  'cn-northwest-1',
  'us-gov-west-1',
  'us-gov-east-1',
  'eusc-de-east-1',
  'us-iso-east-1',
  'us-isob-east-1',
  'eu-isoe-west-1',
  'us-isof-south-1',
]
const buckets = [
  'photos',
  'my.photos',
  'My_Photos',
  'ab',
  '1.2.3.4',
  'photos-',
  'files-a1b2c3-s3alias',
]
const flags = [undefined, true]
const variants = flags.flatMap((useAccelerateEndpoint) =>
  flags.flatMap((useDualstackEndpoint) =>
    flags.flatMap((useFipsEndpoint) =>
      flags.map((forcePathStyle) => ({
        useAccelerateEndpoint,
        useDualstackEndpoint,
        useFipsEndpoint,
        forcePathStyle,
      })),
    ),
  ),
)
const endpoints = [
  'https://s3.example.com',
  'http://localhost:9000',
  'http://127.0.0.1:9000',
  'https://s3.eu-west-1.amazonaws.com',
]

describe('the address of a bucket is the one that the AWS SDK builds', () => {
  test.each(regions)('in %s, with every bucket and every variant', (region) => {
    for (const bucket of buckets) {
      for (const variant of variants) {
        const location = { bucket, region, ...variant }

        expect([location, ourUrl(location)]).toEqual([location, urlOfSdk(location)])
      }
    }
  })

  test.each(endpoints)('at %s', (endpoint) => {
    for (const bucket of buckets) {
      for (const variant of [...variants, { forcePathStyle: false }]) {
        const location = { bucket, region: 'eu-west-1', endpoint, ...variant }

        expect([location, ourUrl(location)]).toEqual([location, urlOfSdk(location)])
      }
    }
  })

  test.each([
    ['aws-global', 'Use "us-east-1"'],
    ['fips-us-gov-west-1', 'Use "us-gov-west-1" with useFipsEndpoint'],
    ['us-gov-west-1-fips', 'Use "us-gov-west-1" with useFipsEndpoint'],
  ])('but %s is refused, with the name of the region', (region, way) => {
    expect(() => bucketUrl({ bucket: 'photos', region })).toThrow(way)
  })
})
