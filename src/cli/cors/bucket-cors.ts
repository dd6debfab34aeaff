import { childrenNamed, childText, type XmlElement } from '../../s3/xml.js'
import type { RulesKind } from '../bucket/bucket-rules.js'
import type { BucketCorsRule } from './cors-rule.js'

/**
 * The CORS rules of a bucket.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketCors.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketCors.html
 */
export const bucketCors: RulesKind<readonly BucketCorsRule[]> = {
  subresource: 'cors',
  root: 'CORSConfiguration',
  noneCode: 'NoSuchCORSConfiguration',
  name: 'The CORS rules',
  readAction: 's3:GetBucketCORS',
  writeAction: 's3:PutBucketCORS',
  none: [],
  read: ({ children }) => (children.every(isKnown) ? children.map(readRule) : undefined),
  contentOf: (rules) => ({
    CORSRule: rules.map((rule) => ({
      ID: rule.ID,
      AllowedHeader: rule.AllowedHeaders,
      AllowedMethod: rule.AllowedMethods,
      AllowedOrigin: rule.AllowedOrigins,
      ExposeHeader: rule.ExposeHeaders,
      MaxAgeSeconds: rule.MaxAgeSeconds,
    })),
  }),
  toJson: (rules) => ({ CORSRules: rules }),
  awsWords: (rules) => [
    'put-bucket-cors',
    '--cors-configuration',
    JSON.stringify({ CORSRules: rules }),
  ],
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

function isKnown(rule: XmlElement): boolean {
  return rule.name === 'CORSRule' && rule.children.every(({ name }) => ruleElements.has(name))
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
