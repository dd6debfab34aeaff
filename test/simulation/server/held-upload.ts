import type { SignedUpload } from '../../../src/protocol/responses.js'

/** What a caller has of an upload. */
export interface HeldUpload {
  readonly signed: SignedUpload
  /** What S3 calls it, if it goes in parts. */
  readonly s3UploadId: string | undefined
  /** The parts that S3 has taken; part 1 is the whole of a file in one request. */
  readonly sentParts: Set<number>
  receipt?: string
}

/** Begins to keep what was signed. */
export function holdUpload(signed: SignedUpload): HeldUpload {
  return { signed, s3UploadId: s3UploadIdIn(signed.token), sentParts: new Set() }
}

/** Reads a token, which a page is not meant to do. */
export function s3UploadIdIn(token: string): string | undefined {
  return claimsIn(token).s3UploadId
}

/** Under which key the object of a token lies. */
export function keyIn(token: string): string | undefined {
  return claimsIn(token).key
}

function claimsIn(token: string): { readonly s3UploadId?: string; readonly key?: string } {
  const [, claims = ''] = token.split('.')
  return JSON.parse(Buffer.from(claims, 'base64url').toString())
}
