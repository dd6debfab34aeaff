import { childrenNamed } from '../../s3/xml.js'
import type { RulesKind } from '../bucket/bucket-rules.js'
import { type RuleObject, readRule, ruleContent } from './lifecycle-shape.js'

const sizeHeader = 'x-amz-transition-default-minimum-object-size'

/** The lifecycle rules of a bucket, and what else is replaced with them. */
export interface BucketLifecycle {
  readonly rules: readonly RuleObject[]
  /** From which size on objects move to other storage classes where no rule says so; S3 resets it where it is left out. */
  readonly minTransitionSize?: string
}

/**
 * The lifecycle rules of a bucket.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLifecycleConfiguration.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html
 */
export const bucketLifecycle: RulesKind<BucketLifecycle> = {
  subresource: 'lifecycle',
  root: 'LifecycleConfiguration',
  noneCode: 'NoSuchLifecycleConfiguration',
  name: 'The lifecycle rules',
  readAction: 's3:GetLifecycleConfiguration',
  writeAction: 's3:PutLifecycleConfiguration',
  none: { rules: [] },
  read(root, headers) {
    const rules = childrenNamed(root, 'Rule')
      .map(readRule)
      .filter((rule) => rule !== undefined)
    if (rules.length < root.children.length) return undefined
    const minTransitionSize = headers.get(sizeHeader)
    return { rules, ...(minTransitionSize && { minTransitionSize }) }
  },
  contentOf: ({ rules }) => ({ Rule: rules.map(ruleContent) }),
  headersOf: ({ minTransitionSize }) => ({
    ...(minTransitionSize && { [sizeHeader]: minTransitionSize }),
  }),
  toJson: ({ rules }) => ({ Rules: rules }),
  awsWords: ({ rules, minTransitionSize }) => [
    'put-bucket-lifecycle-configuration',
    '--lifecycle-configuration',
    JSON.stringify({ Rules: rules }),
    ...(minTransitionSize ? ['--transition-default-minimum-object-size', minTransitionSize] : []),
  ],
}
