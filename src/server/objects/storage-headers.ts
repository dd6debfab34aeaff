import { writeTagging, writeTaggingHeader } from '../../s3/object-tagging.js'
import type { StorageOptions } from '../contract/storage-options.js'
import { contentDisposition as writeDisposition } from './content-disposition.js'
import { canRunScript } from './media-type.js'

/** How one object will be kept and served, as S3 is told. */
export interface ObjectStorage {
  readonly contentDisposition: string | undefined
  readonly cacheControl: string | undefined
  /** Named `x-amz-…`, in lower case; the same in a request and in a form. */
  readonly amzHeaders: Readonly<Record<string, string>>
  readonly tags: Readonly<Record<string, string>>
}

// A form would read "${filename}" as a variable.
const encodedInMetadata = /[^\u0020-\u007e]|[%$]|^ +| $| (?= )/gu

/** Writes checked options the way S3 reads them. */
export function objectStorageOf(
  { name, contentType }: { readonly name: string; readonly contentType: string },
  options: StorageOptions = {},
): ObjectStorage {
  const { metadata = {}, storageClass, serverSideEncryption, kmsKeyId } = options
  const userMetadata = Object.entries(metadata).map(
    ([field, value]) => [`x-amz-meta-${field.toLowerCase()}`, encodeMetadataValue(value)] as const,
  )
  return {
    contentDisposition: dispositionOf({ name, contentType }, options),
    cacheControl: options.cacheControl,
    amzHeaders: {
      ...Object.fromEntries(userMetadata),
      ...(storageClass && { 'x-amz-storage-class': storageClass }),
      ...(serverSideEncryption && { 'x-amz-server-side-encryption': serverSideEncryption }),
      ...(kmsKeyId && { 'x-amz-server-side-encryption-aws-kms-key-id': kmsKeyId }),
    },
    tags: options.tags ?? {},
  }
}

/** The headers of PutObject and of CreateMultipartUpload. */
export function storageHeaders(storage: ObjectStorage): Record<string, string> {
  const { contentDisposition, cacheControl, amzHeaders, tags } = storage
  // A blank as %20: not every server reads a plus sign as one.
  const tagging = writeTaggingHeader(tags).replaceAll('+', '%20')
  return {
    ...(contentDisposition && { 'content-disposition': contentDisposition }),
    ...(cacheControl && { 'cache-control': cacheControl }),
    ...amzHeaders,
    ...(tagging && { 'x-amz-tagging': tagging }),
  }
}

/**
 * The fields of a form, where tags are XML.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html
 */
export function storageFields(storage: ObjectStorage): Record<string, string> {
  const { contentDisposition, cacheControl, amzHeaders, tags } = storage
  return {
    ...(contentDisposition && { 'Content-Disposition': contentDisposition }),
    ...(cacheControl && { 'Cache-Control': cacheControl }),
    ...amzHeaders,
    ...(hasTags(storage) && { tagging: writeTagging(tags) }),
  }
}

/** Whether the object is born with tags. */
export function hasTags({ tags }: ObjectStorage): boolean {
  return Object.keys(tags).length > 0
}

/** Percent-encodes what a header cannot carry unchanged; `decodeURIComponent` gives the value back. */
export function encodeMetadataValue(value: string): string {
  return value.replace(encodedInMetadata, (piece) => encodeURIComponent(piece))
}

/** A type that can run script is saved, whatever the app says, unless it insists. */
function dispositionOf(
  { name, contentType }: { readonly name: string; readonly contentType: string },
  { contentDisposition, downloadName = name, allowScript = false }: StorageOptions,
): string | undefined {
  const isSaved = canRunScript(contentType) && !allowScript
  const kind = isSaved ? 'attachment' : contentDisposition
  return kind && writeDisposition(kind, downloadName)
}
