'use client'

export type { MessageKey, UploaderLocale } from './react/messages.js'
export { S3Uploader, type S3UploaderProps } from './react/S3Uploader.js'
export type {
  CompleteUpload,
  FailedUpload,
  S3UploaderOptions,
  UploadOutcome,
} from './react/uploader-options.js'
export { type UseS3UploaderResult, useS3Uploader } from './react/useS3Uploader.js'
export { useUploadRecord } from './react/useUploadRecord.js'
export type {
  AddableFile,
  CompletedUpload,
  HeadersSource,
  HttpTransport,
  InterruptedUpload,
  ReadableUploadStore,
  RejectedFile,
  TransportRequest,
  TransportResponse,
  UploadError,
  UploadedObject,
  UploadRecord,
  UploadStatus,
  UploadSummary,
} from './uppy/index.js'
