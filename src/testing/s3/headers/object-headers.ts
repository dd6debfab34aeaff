import { maxMetadataBytes } from '../../../s3/limits.js'
import type { HeaderValues } from '../http/s3-response.js'
import type { ObjectHeaders } from '../model/storage.js'
import { TestS3Error } from '../model/test-s3-error.js'
import { notHeeded } from './operation-headers.js'

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

const encryptionHeader = 'x-amz-server-side-encryption'
const keyHeader = 'x-amz-server-side-encryption-aws-kms-key-id'
const storageClassHeader = 'x-amz-storage-class'

/** What is kept with an object and shown again, though every object lies in the same place, in the clear. */
const keptValues: Readonly<Record<string, RegExp>> = {
  [encryptionHeader]: /^(?:AES256|aws:kms|aws:kms:dsse)$/,
  [keyHeader]: /^[\w:/-]+$/,
  [storageClassHeader]:
    /^(?:STANDARD|REDUCED_REDUNDANCY|STANDARD_IA|ONEZONE_IA|INTELLIGENT_TIERING|GLACIER_IR|GLACIER|DEEP_ARCHIVE)$/,
}

/** What S3 has in other kinds of buckets. */
const otherValues = /^(?:aws:fsx|OUTPOSTS|SNOW|EXPRESS_ONEZONE|FSX_[A-Z]+)$/

/**
 * Reads the headers an object will be served with, from a request's headers or from form fields.
 *
 * @throws TestS3Error `MetadataTooLarge`, or what a header's value is refused with.
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
    if (value === undefined || value === 'STANDARD') return []
    return [[name, requireKnownValue(name, value)] as const]
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

/** The storage class that an object or an upload is listed with. */
export function storageClassOf({ kept }: Pick<ObjectHeaders, 'kept'>): string {
  return kept?.[storageClassHeader] ?? 'STANDARD'
}

/** The headers that tell the writer how an object is encrypted. */
export function encryptionHeaders({ kept }: Pick<ObjectHeaders, 'kept'>): HeaderValues {
  return { [encryptionHeader]: kept?.[encryptionHeader], [keyHeader]: kept?.[keyHeader] }
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
  const codings = (encoding ?? '').split(',').filter((coding) => coding.trim() !== 'aws-chunked')
  const kept = codings.join(',').trim()
  return kept === '' ? others : { ...others, 'content-encoding': kept }
}

function requireSupported(fields: ReadonlyMap<string, string>): void {
  const acl = fields.get('x-amz-acl') ?? fields.get('acl')
  if (acl !== undefined && acl !== 'private' && acl !== 'bucket-owner-full-control') {
    throw new TestS3Error('AccessControlListNotSupported', 'The bucket does not allow ACLs')
  }
  if (!fields.has(keyHeader) || fields.get(encryptionHeader)?.startsWith('aws:kms')) return
  throw new TestS3Error('InvalidArgument', `${keyHeader} needs ${encryptionHeader}: aws:kms`)
}

function requireKnownValue(name: string, value: string): string {
  if (keptValues[name]?.test(value)) return value
  if (otherValues.test(value)) throw notHeeded(name)
  if (name === storageClassHeader) {
    throw new TestS3Error('InvalidStorageClass', 'The storage class you specified is not valid', {
      StorageClassRequested: value,
    })
  }
  throw new TestS3Error('InvalidArgument', 'The encryption method specified is not supported', {
    ArgumentName: name,
    ArgumentValue: value,
  })
}
