import type { BucketAddress } from '../../s3/bucket-location.js'
import type { OptionCheck } from './checks.js'
import { isCredentialsSource, isText, optional } from './checks.js'

const optionalBoolean: OptionCheck = [
  optional((value) => typeof value === 'boolean'),
  'must be true or false, or left out.',
]

/** The checks of all options that say where a bucket is. */
export const addressChecks: Readonly<Record<keyof BucketAddress, OptionCheck>> = {
  bucket: [isText, 'is missing. Name the bucket that has the files.'],
  region: [
    isText,
    "is missing, and every signature names it. Pass the bucket's own, such as 'eu-west-1'.",
  ],
  endpoint: [
    optional(isText),
    "must be a URL such as 'https://s3.example.com', or left out for Amazon.",
  ],
  publicEndpoint: [
    optional(isText),
    "must be a URL such as 'https://files.example.com', or left out where browsers use the endpoint.",
  ],
  forcePathStyle: optionalBoolean,
  useAccelerateEndpoint: optionalBoolean,
  useDualstackEndpoint: optionalBoolean,
  useFipsEndpoint: optionalBoolean,
}

/** The check of what signs the requests to it. */
export const credentialsCheck: OptionCheck = [
  isCredentialsSource,
  'are missing. Pass { accessKeyId, secretAccessKey }, or a function that resolves to them.',
]
