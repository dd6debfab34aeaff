import { childrenNamed, childText, type XmlElement } from '../../../s3/xml.js'
import { malformedXml, receiveDocument, requireKnownChildren } from '../bodies/receive-document.js'
import { emptyResponse, xmlResponse } from '../http/s3-response.js'
import type { CorsRule } from '../model/storage.js'
import { TestS3Error } from '../model/test-s3-error.js'
import type { BucketCall } from './operation-call.js'

const maxRules = 100
const maxIdLength = 255
const methods = ['GET', 'PUT', 'POST', 'DELETE', 'HEAD']

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketCors.html */
export async function answerPutBucketCors(call: BucketCall): Promise<Response> {
  const document = await receiveDocument(call, 'CORSConfiguration', { needsDigest: true })
  requireKnownChildren(document, [], ['CORSRule'])
  const cors = childrenNamed(document, 'CORSRule').map(readRule)
  if (cors.length === 0 || cors.length > maxRules) throw malformedXml()
  for (const rule of cors) requireCorsRule(rule)
  await call.setup.catalog.changeBucket(call.bucket, (record) => ({ ...record, cors }))
  return emptyResponse(200)
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketCors.html */
export async function answerGetBucketCors({ bucket }: BucketCall): Promise<Response> {
  const { cors, name } = bucket.record
  if (!cors) {
    throw new TestS3Error('NoSuchCORSConfiguration', 'The CORS configuration does not exist', {
      BucketName: name,
    })
  }
  return xmlResponse('CORSConfiguration', {
    CORSRule: cors.map((rule) => ({
      ID: rule.id,
      AllowedOrigin: rule.allowedOrigins,
      AllowedMethod: rule.allowedMethods,
      AllowedHeader: rule.allowedHeaders,
      ExposeHeader: rule.exposeHeaders,
      MaxAgeSeconds: rule.maxAgeSeconds,
    })),
  })
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketCors.html */
export async function answerDeleteBucketCors({ setup, bucket }: BucketCall): Promise<Response> {
  await setup.catalog.changeBucket(bucket, ({ cors: _, ...record }) => record)
  return emptyResponse(204)
}

/**
 * Checks one rule as S3 does.
 *
 * @throws TestS3Error `InvalidRequest` or `MalformedXML`
 */
export function requireCorsRule({
  allowedOrigins,
  allowedMethods,
  allowedHeaders,
  exposeHeaders,
  id = '',
}: CorsRule): void {
  if ([...id].length > maxIdLength) {
    throw new TestS3Error(
      'InvalidRequest',
      `A rule has an ID of more than ${maxIdLength} characters.`,
    )
  }
  const pattern = exposeHeaders?.find((name) => name.includes('*'))
  if (pattern !== undefined) {
    throw new TestS3Error(
      'InvalidRequest',
      `ExposeHeader "${pattern}" contains wildcard. We currently do not support wildcard for ExposeHeader.`,
    )
  }
  if (allowedOrigins.length === 0 || allowedMethods.length === 0) throw malformedXml()
  const method = allowedMethods.find((name) => !methods.includes(name))
  if (method !== undefined) {
    throw new TestS3Error(
      'InvalidRequest',
      `Found unsupported HTTP method in CORS config. Unsupported method is ${method}`,
    )
  }
  requireOneStar('AllowedOrigin', allowedOrigins)
  requireOneStar('AllowedHeader', allowedHeaders ?? [])
}

function requireOneStar(element: string, patterns: readonly string[]): void {
  const pattern = patterns.find((text) => text.indexOf('*') !== text.lastIndexOf('*'))
  if (pattern === undefined) return
  throw new TestS3Error(
    'InvalidRequest',
    `${element} "${pattern}" can not have more than one wildcard.`,
  )
}

function readRule(rule: XmlElement): CorsRule {
  const lists = ['AllowedOrigin', 'AllowedMethod', 'AllowedHeader', 'ExposeHeader']
  requireKnownChildren(rule, ['ID', 'MaxAgeSeconds'], lists)
  const texts = (name: string) => childrenNamed(rule, name).map(({ text }) => text.trim())
  const seconds = childText(rule, 'MaxAgeSeconds')
  const id = childText(rule, 'ID')
  return {
    ...(id !== undefined && { id }),
    allowedOrigins: texts('AllowedOrigin'),
    allowedMethods: texts('AllowedMethod'),
    allowedHeaders: texts('AllowedHeader'),
    exposeHeaders: texts('ExposeHeader'),
    ...(seconds !== undefined && { maxAgeSeconds: readSeconds(seconds) }),
  }
}

function readSeconds(text: string): number {
  if (/^\s*\d{1,9}\s*$/.test(text)) return Number(text)
  throw malformedXml()
}
