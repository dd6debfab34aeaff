export type {
  CompletedUpload,
  FileDescription,
  SignedPost,
  SignedPut,
  SignedUpload,
} from '../protocol/operations.js'
export type { HeadersSource, SigningClientOptions } from '../upload/endpoint-request.js'
export type {
  HttpTransport,
  TransportRequest,
  TransportResponse,
} from '../upload/http-transport.js'
export { createSigningClient, type SigningClient } from '../upload/signing-client.js'
export {
  CancelledError,
  EndpointError,
  FileError,
  isCancelledError,
  isEndpointError,
  isFileError,
  isNetworkError,
  isStorageError,
  isUploadError,
  NetworkError,
  StorageError,
  UploadError,
  type UploadErrorCode,
} from '../upload/upload-error.js'
export type {
  FileFacts,
  UploadedObject,
  UploadRecord,
  UploadState,
  UploadStatus,
} from '../upload/upload-record.js'
export type { ReadableUploadStore, RejectedFile } from '../upload/upload-store.js'
export type { UploadSummary } from '../upload/upload-summary.js'
export type { AddableFile } from './addable-file.js'
export type { S3DirectUploadOptions } from './plugin-options.js'
export { S3DirectUpload } from './S3DirectUpload.js'
