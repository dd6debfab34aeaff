/** The server kit: runs wherever `Request` and `Response` exist. */

export type { Size } from '../protocol/byte-size.js'
export type { Disposition } from '../protocol/downloads.js'
export type { ErrorCode } from '../protocol/error-response.js'
export type { BucketAddress, BucketLocation } from '../s3/bucket-location.js'
export type { CredentialsSource } from '../s3-client/credentials-source.js'
export type { Credentials } from '../sigv4/credentials.js'
export { claimUpload } from './backend/claim-upload.js'
export { presignDownload } from './backend/presign-download.js'
export { type PublicAddress, type PublicUrlOptions, publicUrl } from './backend/public-url.js'
export { verifyReceipt } from './backend/verify-receipt.js'
export type { AuthorizeResult, Caller } from './contract/caller.js'
export type {
  DownloadAuthorization,
  DownloadTerms,
  DownloadToAuthorize,
} from './contract/downloads.js'
export type { FileEvent, OperationEvent, SigningEvent } from './contract/events.js'
export type {
  ContentSniffer,
  DeclaredFile,
  FileToName,
  FileToUpload,
  RemovedUpload,
  RequestedFile,
  RequestFacts,
  StoredUpload,
} from './contract/files.js'
export type { JsonObject, JsonValue } from './contract/json.js'
export type { PresignDownloadOptions } from './contract/presign-options.js'
export type { Provider } from './contract/provider-options.js'
export type {
  ClaimOptions,
  Receipt,
  ReceiptExpectation,
  ReceiptStorage,
} from './contract/receipt.js'
export type { QuotaAnswer, QuotaRequest, UploadRules } from './contract/rules.js'
export type { InferUploadResult, SigningHandler } from './contract/signing-handler.js'
export type { SigningOptions } from './contract/signing-options.js'
export type { StandardSchema } from './contract/standard-schema.js'
export type { StorageOptions } from './contract/storage-options.js'
export type { UploadHooks } from './contract/upload-hooks.js'
export { createSigningHandler } from './create-signing-handler.js'
export { isReceiptError, ReceiptError, type ReceiptErrorCode } from './errors/receipt-error.js'
export { isSigningError, SigningError, type SigningErrorOptions } from './errors/signing-error.js'
