import { gibibyte, mebibyte } from './byte-units.js'

/**
 * The longest object key, in bytes of UTF-8.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html
 */
export const maxKeyBytes = 1024

/**
 * The largest object one PUT or one form post may store, in bytes.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/upload-objects.html
 */
export const maxSinglePutBytes = 5 * gibibyte

/**
 * The smallest part of a multipart upload, in bytes; only the last part may be smaller.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html
 */
export const minPartBytes = 5 * mebibyte

/**
 * The largest part of a multipart upload, in bytes.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html
 */
export const maxPartBytes = 5 * gibibyte

/**
 * The most parts of one upload, and the highest part number.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html
 */
export const maxPartCount = 10_000

/** The largest object, in bytes (48.8 TiB): as many parts as there may be, each as large as it may be. */
export const maxObjectBytes = maxPartCount * maxPartBytes

/**
 * The most parts that one page of ListParts returns.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListParts.html
 */
export const maxListedParts = 1000

/**
 * The longest life of a presigned URL or form, in seconds (seven days).
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html
 */
export const maxPresignSeconds = 604_800

/**
 * The most bytes of a form post that are not the file.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/developerguide/RESTObjectPOST.html
 */
export const maxPostFormOverheadBytes = 20 * 1024

/**
 * The most tags of an object.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html
 */
export const maxObjectTags = 10

/**
 * The most bytes of user metadata, names and values together.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html
 */
export const maxMetadataBytes = 2 * 1024
