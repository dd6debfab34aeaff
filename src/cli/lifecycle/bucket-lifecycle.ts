import { childrenNamed, writeXml } from '../../s3/xml.js'
import { awsS3ApiLine } from '../bucket/aws-line.js'
import type { Bucket } from '../bucket/bucket.js'
import {
  type BucketDocument,
  type FoundDocument,
  readBucketDocument,
  writeBucketDocument,
} from '../bucket/bucket-document.js'
import { type RuleObject, readRule, ruleContent } from './lifecycle-shape.js'

const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/'
const sizeHeader = 'x-amz-transition-default-minimum-object-size'

/**
 * The lifecycle rules of a bucket.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLifecycleConfiguration.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html
 */
export const lifecycleDocument: BucketDocument = {
  subresource: 'lifecycle',
  root: 'LifecycleConfiguration',
  noneCode: 'NoSuchLifecycleConfiguration',
  contents: 'The lifecycle rules',
  readAction: 's3:GetLifecycleConfiguration',
  writeAction: 's3:PutLifecycleConfiguration',
}

/** The lifecycle rules of a bucket, and what else is replaced with them. */
export interface BucketLifecycle {
  readonly rules: readonly RuleObject[]
  /** From which size on objects move to other storage classes where no rule says so; S3 resets it where it is left out. */
  readonly minTransitionSize?: string
}

/** Reads a bucket's lifecycle rules; `refused` says why they could not be read. */
export async function readLifecycle(
  bucket: Bucket,
): Promise<BucketLifecycle & Pick<FoundDocument, 'answer' | 'refused'>> {
  const { answer, root, refused } = await readBucketDocument(bucket, lifecycleDocument)
  if (!root) return { answer, rules: [], ...(refused !== undefined && { refused }) }
  const elements = childrenNamed(root, 'Rule')
  const rules = elements.map(readRule).filter((rule) => rule !== undefined)
  if (rules.length < root.children.length) {
    return { answer, rules: [], refused: 'They hold something that this version does not know.' }
  }
  const minTransitionSize = answer.headers.get(sizeHeader)
  return { answer, rules, ...(minTransitionSize && { minTransitionSize }) }
}

/**
 * Replaces a bucket's lifecycle rules.
 *
 * @throws CommandError when S3 refuses them.
 */
export async function writeLifecycle(
  bucket: Bucket,
  { rules, minTransitionSize }: BucketLifecycle,
): Promise<void> {
  const body = writeXml(lifecycleDocument.root, { Rule: rules.map(ruleContent) }, namespace)
  const headers = minTransitionSize && { [sizeHeader]: minTransitionSize }
  await writeBucketDocument(bucket, lifecycleDocument, { body, ...(headers && { headers }) })
}

/** Writes the line of the AWS CLI that puts rules in place of a bucket's rules. */
export function lifecycleLine(
  { location }: Bucket,
  { rules, minTransitionSize }: BucketLifecycle,
): string {
  const configuration = JSON.stringify({ Rules: rules })
  return awsS3ApiLine('put-bucket-lifecycle-configuration', location, [
    '--lifecycle-configuration',
    configuration,
    ...(minTransitionSize ? ['--transition-default-minimum-object-size', minTransitionSize] : []),
  ])
}
