import { childrenNamed, childText, writeXml, type XmlElement } from '../../s3/xml.js'
import { awsS3ApiLine } from '../bucket/aws-line.js'
import type { Bucket } from '../bucket/bucket.js'
import {
  type BucketDocument,
  readBucketDocument,
  writeBucketDocument,
} from '../bucket/bucket-document.js'
import type { BucketCorsRule } from './cors-rule.js'

const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/'

/**
 * The CORS rules of a bucket.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketCors.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketCors.html
 */
export const corsDocument: BucketDocument = {
  subresource: 'cors',
  root: 'CORSConfiguration',
  noneCode: 'NoSuchCORSConfiguration',
  contents: 'The CORS rules',
  readAction: 's3:GetBucketCORS',
  writeAction: 's3:PutBucketCORS',
}

/** What a rule can hold; a rule with anything else would lose it when it is written back. */
const ruleElements = new Set([
  'ID',
  'AllowedOrigin',
  'AllowedMethod',
  'AllowedHeader',
  'ExposeHeader',
  'MaxAgeSeconds',
])

/** Reads a bucket's CORS rules; `refused` says why they could not be read. */
export async function readCorsRules(
  bucket: Bucket,
): Promise<{ readonly rules: readonly BucketCorsRule[]; readonly refused?: string }> {
  const { root, refused } = await readBucketDocument(bucket, corsDocument)
  if (refused !== undefined) return { rules: [], refused }
  const rules = root ? rulesIn(root) : []
  if (rules) return { rules: rules.map(readRule) }
  return { rules: [], refused: 'They hold something that this version does not know.' }
}

/**
 * Replaces a bucket's CORS rules.
 *
 * @throws CommandError when S3 refuses them.
 */
export async function writeCorsRules(
  bucket: Bucket,
  rules: readonly BucketCorsRule[],
): Promise<void> {
  await writeBucketDocument(bucket, corsDocument, { body: corsXml(rules) })
}

/** Writes the line of the AWS CLI that puts rules in place of a bucket's rules. */
export function corsLine({ location }: Bucket, rules: readonly BucketCorsRule[]): string {
  const configuration = JSON.stringify({ CORSRules: rules })
  return awsS3ApiLine('put-bucket-cors', location, ['--cors-configuration', configuration])
}

/** Returns the rules of a document; `undefined` where something else is in it. */
function rulesIn({ children }: XmlElement): readonly XmlElement[] | undefined {
  const isKnown = children.every(
    (rule) => rule.name === 'CORSRule' && rule.children.every(({ name }) => ruleElements.has(name)),
  )
  return isKnown ? children : undefined
}

function readRule(rule: XmlElement): BucketCorsRule {
  const texts = (name: string) => childrenNamed(rule, name).map(({ text }) => text.trim())
  const optional = (name: string, values: readonly string[]) =>
    values.length > 0 ? { [name]: values } : {}
  const id = childText(rule, 'ID')
  const seconds = childText(rule, 'MaxAgeSeconds')
  return {
    ...(id && { ID: id }),
    AllowedOrigins: texts('AllowedOrigin'),
    AllowedMethods: texts('AllowedMethod'),
    ...optional('AllowedHeaders', texts('AllowedHeader')),
    ...optional('ExposeHeaders', texts('ExposeHeader')),
    ...(seconds !== undefined && { MaxAgeSeconds: Number(seconds) }),
  }
}

function corsXml(rules: readonly BucketCorsRule[]): string {
  const CORSRule = rules.map((rule) => ({
    ID: rule.ID,
    AllowedHeader: rule.AllowedHeaders,
    AllowedMethod: rule.AllowedMethods,
    AllowedOrigin: rule.AllowedOrigins,
    ExposeHeader: rule.ExposeHeaders,
    MaxAgeSeconds: rule.MaxAgeSeconds,
  }))
  return writeXml('CORSConfiguration', { CORSRule }, namespace)
}
