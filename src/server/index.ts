/** The server kit: runs wherever `Request` and `Response` exist. */

export type { Size } from '../protocol/byte-size.js'
export type { Disposition } from '../protocol/downloads.js'
export type { ErrorCode } from '../protocol/error-response.js'
export type { BucketLocation } from '../s3/endpoint.js'
export type { Credentials, CredentialsSource } from '../sigv4/credentials.js'
export { type ClaimOptions, claimUpload } from './claim-upload.js'
export type { ContentSniffer, DeclaredFile } from './content-sniffer.js'
export { createSigningHandler } from './create-signing-handler.js'
export type {
  DownloadAuthorization,
  DownloadTerms,
  DownloadToAuthorize,
} from './download-authorization.js'
export { type PresignDownloadOptions, presignDownload } from './presign-download.js'
export type { Provider } from './provider-presets.js'
export { type PublicAddress, type PublicUrlOptions, publicUrl } from './public-url.js'
export { type Receipt, type ReceiptExpectation, verifyReceipt } from './receipt.js'
export { isReceiptError, ReceiptError, type ReceiptErrorCode } from './receipt-error.js'
export type { ReceiptStorage } from './receipt-storage.js'
export { isSigningError, SigningError, type SigningErrorOptions } from './signing-error.js'
export type { Authorization, Caller, SigningOptions } from './signing-options.js'
export type { StorageOptions } from './storage-options.js'
export type { StoredUpload } from './stored-upload.js'
export type { UploadRules } from './upload-rules.js'
