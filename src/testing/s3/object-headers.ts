import { maxMetadataBytes } from '../../s3/limits.js'
import type { HeaderValues } from './s3-response.js'
import type { ObjectHeaders } from './storage.js'
import { TestS3Error } from './test-s3-error.js'

const contentHeaders = [
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-type',
  'expires',
] as const

const metadataPrefix = 'x-amz-meta-'
const encoder = new TextEncoder()

/** What S3 can do and this one cannot; taken silently, a test would prove something untrue. */
const unsupported =
  /^x-amz-(?:website-redirect-location|object-lock-.*|grant-.*|server-side-encryption-(?:customer-.*|context)|write-offset-bytes|expected-bucket-owner)$/

/** What is kept with an object and shown again, though every object lies in the same place, in the clear. */
const keptValues: Readonly<Record<string, RegExp>> = {
  'x-amz-server-side-encryption': /^(?:AES256|aws:kms|aws:kms:dsse)$/,
  'x-amz-server-side-encryption-aws-kms-key-id': /^[\w:/-]+$/,
  'x-amz-storage-class':
    /^(?:STANDARD|REDUCED_REDUNDANCY|STANDARD_IA|ONEZONE_IA|INTELLIGENT_TIERING|GLACIER_IR|GLACIER|DEEP_ARCHIVE)$/,
}

/**
 * Reads the headers an object will be served with, from a request's headers or from form fields.
 *
 * @throws TestS3Error `MetadataTooLarge`, or `NotImplemented` for a header that cannot be honoured.
 */
export function readObjectHeaders(fields: ReadonlyMap<string, string>): ObjectHeaders {
  requireSupported(fields)
  const content: Record<string, string> = { 'content-type': 'binary/octet-stream' }
  for (const name of contentHeaders) {
    const value = fields.get(name)
    if (value) content[name] = value
  }
  const kept = Object.keys(keptValues).flatMap((name) => {
    const value = fields.get(name)
    return value === undefined || value === 'STANDARD' ? [] : [[name, value] as const]
  })
  return {
    content: withoutAwsChunked(content),
    metadata: readMetadata(fields),
    ...(kept.length > 0 && { kept: Object.fromEntries(kept) }),
  }
}

/** The headers an object is answered with. */
export function writeObjectHeaders({ content, metadata, kept }: ObjectHeaders): HeaderValues {
  const headers: Record<string, string> = { ...content, ...kept }
  for (const [name, value] of Object.entries(metadata)) headers[`${metadataPrefix}${name}`] = value
  return headers
}

function readMetadata(fields: ReadonlyMap<string, string>): Record<string, string> {
  const metadata: Record<string, string> = {}
  let bytes = 0
  for (const [field, value] of fields) {
    if (!field.startsWith(metadataPrefix)) continue
    const name = field.slice(metadataPrefix.length)
    metadata[name] = value
    bytes += encoder.encode(name + value).length
  }
  if (bytes <= maxMetadataBytes) return metadata
  throw new TestS3Error(
    'MetadataTooLarge',
    'Your metadata headers exceed the maximum allowed metadata size',
    { Size: bytes, MaxSizeAllowed: maxMetadataBytes },
  )
}

/** That coding was for the way here. */
function withoutAwsChunked(content: Record<string, string>): Record<string, string> {
  const { 'content-encoding': encoding, ...others } = content
  const codings = (encoding ?? '').split(',').map((coding) => coding.trim())
  const kept = codings.filter((coding) => coding !== '' && coding !== 'aws-chunked').join(',')
  return kept === '' ? others : { ...others, 'content-encoding': kept }
}

function requireSupported(fields: ReadonlyMap<string, string>): void {
  const acl = fields.get('x-amz-acl') ?? fields.get('acl')
  if (acl !== undefined && acl !== 'private' && acl !== 'bucket-owner-full-control') {
    throw new TestS3Error('AccessControlListNotSupported', 'The bucket does not allow ACLs')
  }
  requireEncryption(fields)
  for (const [name, value] of fields) {
    const isSupported = keptValues[name]?.test(value) ?? !unsupported.test(name)
    if (isSupported) continue
    throw new TestS3Error(
      'NotImplemented',
      `A header you provided implies functionality that is not implemented: ${name}`,
      { Header: name },
    )
  }
}

function requireEncryption(fields: ReadonlyMap<string, string>): void {
  const encryption = fields.get('x-amz-server-side-encryption')
  const hasKey = fields.has('x-amz-server-side-encryption-aws-kms-key-id')
  if (!hasKey || encryption?.startsWith('aws:kms')) return
  throw new TestS3Error(
    'InvalidArgument',
    'x-amz-server-side-encryption-aws-kms-key-id needs x-amz-server-side-encryption: aws:kms',
  )
}
