/** The React components and hooks. */

export type { DownloadStatus } from './react/base/data-attributes.js'
export type { UploadItem } from './react/context/upload-item.js'
export { useAnnounce } from './react/context/useAnnounce.js'
export { type UploaderWords, useTexts } from './react/context/useTexts.js'
export { useUploader } from './react/context/useUploader.js'
export { useUploadItem } from './react/context/useUploadItem.js'
export {
  type UseS3DownloadOptions,
  type UseS3DownloadResult,
  useS3Download,
} from './react/hooks/useS3Download.js'
export { type UseS3UploaderResult, useS3Uploader } from './react/hooks/useS3Uploader.js'
export { useUploadRecord } from './react/hooks/useUploadRecord.js'
export type {
  FailedUpload,
  S3UploaderOptions,
  UploadOutcome,
  ValueChangeDetails,
} from './react/options/s3-uploader-options.js'
export * as Uploader from './react/parts.js'
export { S3Download, type S3DownloadProps } from './react/S3Download.js'
export { S3FilePicker, type S3FilePickerProps } from './react/S3FilePicker.js'
export { S3Uploader, type S3UploaderProps } from './react/S3Uploader.js'
export type { LocalePack } from './react/text/locale-pack.js'
export type { MessageKey, UploaderLocale } from './react/text/messages.js'
export type { ToldRejection } from './react/text/rejection-message.js'
export type {
  AddableFile,
  CompletedUpload,
  Disposition,
  DownloadDescription,
  EndEvent,
  HeadersSource,
  HttpTransport,
  InterruptedUpload,
  ReadableUploadStore,
  RejectedFiles,
  RejectionReason,
  RequestEvent,
  StateEvent,
  StoredFile,
  TransportRequest,
  TransportResponse,
  UploadError,
  UploadEvent,
  UploadedFile,
  UploadRecord,
  UploadStatus,
  UploadSummary,
} from './uppy/index.js'
export {
  isCancelledError,
  isEndpointError,
  isFileError,
  isNetworkError,
  isStorageError,
  isUploadError,
} from './uppy/index.js'
