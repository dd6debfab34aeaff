import { createHash } from 'node:crypto'
import { childrenNamed, childText, writeXml, type XmlElement } from '../../s3/xml.js'
import { type Answer, documentOf, outcomeOf } from '../bucket/answer.js'
import { awsS3ApiLine } from '../bucket/aws-line.js'
import type { Bucket } from '../bucket/bucket.js'
import { CommandError } from '../command-error.js'
import type { BucketCorsRule } from './cors-rule.js'

const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/'

/** What a rule can hold; a rule with anything else would lose it when it is written back. */
const ruleElements = new Set([
  'ID',
  'AllowedOrigin',
  'AllowedMethod',
  'AllowedHeader',
  'ExposeHeader',
  'MaxAgeSeconds',
])

/**
 * Reads a bucket's CORS rules; `refused` says what was answered where S3 does not show them.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketCors.html
 */
export async function readCorsRules(
  bucket: Bucket,
): Promise<{ readonly rules: readonly BucketCorsRule[]; readonly refused?: string }> {
  const answer = await bucket.send({ method: 'GET', query: { cors: '' } })
  if (answer.code === 'NoSuchCORSConfiguration') return { rules: [] }
  if (!answer.isSuccess) return { rules: [], refused: outcomeOf(answer) }
  const rules = rulesIn(answer)
  if (rules) return { rules: rules.map(readRule) }
  return { rules: [], refused: `${outcomeOf(answer)} with something else than CORS rules` }
}

/**
 * Replaces a bucket's CORS rules.
 *
 * @throws CommandError when S3 refuses them.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketCors.html
 */
export async function writeCorsRules(
  bucket: Bucket,
  rules: readonly BucketCorsRule[],
): Promise<void> {
  const body = corsDocument(rules)
  // S3 wants a checksum with this request, and MD5 is the one that every server knows.
  const headers = {
    'content-type': 'application/xml',
    'content-md5': createHash('md5').update(body).digest('base64'),
  }
  const answer = await bucket.send({ method: 'PUT', query: { cors: '' }, headers, body })
  if (answer.isSuccess) return
  throw new CommandError(
    `The CORS rules were not written: S3 answered ${outcomeOf(answer)}. ` +
      'The credentials need s3:PutBucketCORS; or have the owner of the bucket run the printed line.',
  )
}

/** Writes the line of the AWS CLI that puts rules in place of a bucket's rules. */
export function corsLine({ location }: Bucket, rules: readonly BucketCorsRule[]): string {
  const configuration = JSON.stringify({ CORSRules: rules })
  return awsS3ApiLine('put-bucket-cors', location, ['--cors-configuration', configuration])
}

/** Returns the rules of an answer; `undefined` where it is not, or not only, a document of rules. */
function rulesIn(answer: Answer): readonly XmlElement[] | undefined {
  const root = documentOf(answer)
  const isKnown =
    root?.name === 'CORSConfiguration' &&
    root.children.every(({ name, children }) => {
      return name === 'CORSRule' && children.every((child) => ruleElements.has(child.name))
    })
  return isKnown ? root.children : undefined
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

function corsDocument(rules: readonly BucketCorsRule[]): string {
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
