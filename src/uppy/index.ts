/** The Uppy plugin, and what user interfaces without React are built from. */

export type {
  CompletedUpload,
  Disposition,
  DownloadDescription,
  FileDescription,
  SignedDownload,
  SignedMultipart,
  SignedPart,
  SignedPost,
  SignedPut,
  SignedUpload,
} from '../protocol/operations.js'
export type { DownloadClient } from '../upload/endpoint/download-client.js'
export type { HeadersSource, SigningClientOptions } from '../upload/endpoint/endpoint-request.js'
export { createSigningClient, type SigningClient } from '../upload/endpoint/signing-client.js'
export type { UploadClient } from '../upload/endpoint/upload-client.js'
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
} from '../upload/errors/upload-error.js'
export type {
  EndEvent,
  RequestEvent,
  StateEvent,
  UploadEvent,
} from '../upload/events/upload-event.js'
export type { InterruptedUpload } from '../upload/store/interrupted-upload.js'
export type { RejectedFiles, RejectionReason } from '../upload/store/rejected-files.js'
export type { StoredFile, StoredFileState } from '../upload/store/stored-file.js'
export type {
  FileFacts,
  UploadedFile,
  UploadRecord,
  UploadState,
  UploadStatus,
  WaitReason,
} from '../upload/store/upload-record.js'
export type { ReadableUploadStore } from '../upload/store/upload-store.js'
export type { UploadSummary } from '../upload/store/upload-summary.js'
export type {
  HttpTransport,
  TransportRequest,
  TransportResponse,
} from '../upload/transfer/http-transport.js'
export {
  createSignRequest,
  type SignedRequest,
  type SignRequestInput,
  type SignRequestOptions,
} from './create-sign-request.js'
export type { AddableFile } from './intake/addable-file.js'
export type { S3DirectUploadOptions } from './plugin-options.js'
export { S3DirectUpload } from './S3DirectUpload.js'
