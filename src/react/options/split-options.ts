import type { S3UploaderOptions } from './s3-uploader-options.js'

/** Every option once; does not compile when one is missing. */
const isOption: Record<keyof S3UploaderOptions, true> = {
  endpoint: true,
  uppy: true,
  accept: true,
  multiple: true,
  directory: true,
  maxFileSize: true,
  minFileSize: true,
  maxFiles: true,
  headers: true,
  credentials: true,
  concurrency: true,
  transport: true,
  checksum: true,
  resume: true,
  retryBudgetSeconds: true,
  warnOnLeave: true,
  onUnauthorized: true,
  autoUpload: true,
  metadata: true,
  name: true,
  disabled: true,
  required: true,
  locale: true,
  onUploadBegin: true,
  onUploadProgress: true,
  onUploadComplete: true,
  onUploadError: true,
  onAllSettled: true,
  onFileRemove: true,
}

/** Parts the options of an uploader from the other props of its element. */
export function splitOptions<Props extends S3UploaderOptions>(
  props: Props,
): [S3UploaderOptions, Omit<Props, keyof S3UploaderOptions>] {
  const entries = Object.entries(props)
  const options = entries.filter(([name]) => name in isOption)
  const others = entries.filter(([name]) => !(name in isOption))
  // The very entries of `props`, only parted.
  return [
    Object.fromEntries(options) as S3UploaderOptions,
    Object.fromEntries(others) as Omit<Props, keyof S3UploaderOptions>,
  ]
}
