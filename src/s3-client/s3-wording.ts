import type { S3ErrorDocument } from '../s3/s3-error.js'

/**
 * Tells whether S3 is at work on an earlier request to complete the same upload: Ceph has no code for that, and answers
 * InternalError.
 */
export function saysInProgress(error: S3ErrorDocument | undefined): boolean {
  return error?.message.includes('already in progress') ?? false
}

/** Tells whether S3 names a permission, such as `s3:GetObject`, that the credentials lack. */
export function namesPermission(error: S3ErrorDocument | undefined, permission: string): boolean {
  return error?.message.includes(permission) ?? false
}

/** Tells whether S3 complains about one of these headers; their names are in lower case. */
export function namesHeader(error: S3ErrorDocument | undefined, names: readonly string[]): boolean {
  const message = error?.message.toLowerCase() ?? ''
  return names.some((name) => message.includes(name))
}

/** Tells whether S3 complains about what a header says, so that it knows the header. */
export function comparesValues(error: S3ErrorDocument | undefined): boolean {
  return /match|provided|computed|differ|equal/.test(error?.message.toLowerCase() ?? '')
}
