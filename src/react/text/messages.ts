import { chooseAgain, interruptedGone } from './first-error-messages.js'

/** Text with `%{placeholders}`, or one text for each plural form: by its category, or by the number that `pluralize` gives it. */
export type Message =
  | string
  | Readonly<Record<number, string>>
  | { readonly [Category in Intl.LDMLPluralRule]?: string }

/**
 * Texts in another language: a pack from `s3-direct-upload/locales/…`, one of `@uppy/locales`, or a handful of your own.
 *
 * The name of the text for an error is `error:` and its code, such as `error:network`; for a download, `error:download-` and
 * its code.
 */
export interface UploaderLocale {
  readonly strings?: { readonly [Key in MessageKey]?: Message } & {
    readonly [key: string]: Message | undefined
  }
  /**
   * The language of the texts, such as `de` or `pt-BR`: that of numbers, sizes, lists and plural forms too.
   *
   * @default the language of the page
   */
  readonly code?: string | undefined
  /** The direction in which the texts are written. @default that of the page */
  readonly dir?: 'ltr' | 'rtl' | undefined
  /** The number of the plural form for a count. @default 0 for one, 1 for all others */
  readonly pluralize?: ((count: number) => number) | undefined
}

/** Says to browsers and screen readers in which language and direction the texts are. */
export function languageProps({ code, dir }: UploaderLocale = {}) {
  return { lang: code, dir }
}

/** Texts of the behaviour itself, which headless uploaders need too. The first four names are Uppy's own. */
export const behaviourMessages = {
  exceedsSize: '%{file} is larger than %{size}.',
  inferiorSize: 'The file is smaller than %{size}.',
  youCanOnlyUploadFileTypes: 'Only %{types} can be added here.',
  youCanOnlyUploadX: {
    one: 'No more than %{smart_count} file can be added.',
    other: 'No more than %{smart_count} files can be added.',
  },
  cannotBeAdded: 'The file cannot be added here.',
  fileAndReason: '%{file}: %{reason}',
  unreadable: 'The browser could not read it.',
  'error:cannot-reopen': chooseAgain,
  'error:interrupted-gone': interruptedGone,
  folderEmpty: 'The folder is empty.',
  nothingToUpload: 'There is nothing to upload in it.',
  nothingDropped: 'No file came with this. Save it first, then drop the saved file.',
  images: 'images',
  videos: 'videos',
  audio: 'audio',
  textFiles: 'text files',
  fileRequired: 'Add a file and let its upload finish.',
  uploadsUnderWay: 'Wait until the uploads have finished.',
  uploadsPaused: 'Resume the paused uploads or remove them.',
  uploadsNotStarted: 'Upload the files or remove them.',
  uploadsFailed: 'Try the failed files again or remove them.',
} as const satisfies Record<string, Message>

const download = 'Download'

/** Texts that only the component shows or speaks. The names of the first block are Uppy's own. */
export const displayMessages = {
  dropPasteFiles: 'Drop files here or %{browseFiles}',
  browseFiles: 'browse',
  browse: 'browse',
  dropHint: 'Let go to add the files',
  chooseFolder: 'Choose a folder',
  takePhoto: 'Take a photo',
  letGo: { one: 'Let go to add %{smart_count} file', other: 'Let go to add %{smart_count} files' },
  cannotDrop: 'Only %{types} can be added here',
  readingFolders: {
    one: 'Reading folders, %{smart_count} file so far',
    other: 'Reading folders, %{smart_count} files so far',
  },
  uploadXFiles: { one: 'Upload %{smart_count} file', other: 'Upload %{smart_count} files' },
  xFilesSelected: { one: '%{smart_count} file selected', other: '%{smart_count} files selected' },
  filesUploadedOfTotal: {
    one: '%{complete} of %{smart_count} file uploaded',
    other: '%{complete} of %{smart_count} files uploaded',
  },
  dataUploadedOfTotal: '%{complete} of %{total}',
  xTimeLeft: '%{time} left',
  uploading: 'Uploading',
  uploadComplete: 'Uploaded',
  verified: 'Uploaded and verified',
  uploadFailed: 'Not uploaded',
  paused: 'Paused',
  pauseUpload: 'Pause upload',
  resumeUpload: 'Resume upload',
  retryUpload: 'Try again',
  cancelUpload: 'Cancel upload',
  removeFile: 'Remove file',
  download,
  noInternetConnection:
    'You are offline. Uploads go on by themselves when you are connected again.',
  connectedToInternet: 'Connected again',

  dropOneFile: 'Drop a file here or %{browseFiles}',
  chooseFiles: 'Choose files',
  chooseFile: 'Choose a file',
  choosePhoto: 'Choose a photo',
  changePhoto: 'Change photo',
  removePhoto: 'Remove',
  notStarted: 'Not started',
  waiting: 'Waiting',
  waitingForConnection: 'Waiting for the connection',
  preparing: 'Preparing',
  tryingAgainIn: 'Trying again in %{time}',
  tryingAgain: 'Trying again',
  finishing: 'Finishing',
  percentUploaded: '%{status} %{percent}',
  stored: 'Stored',
  removing: 'Removing',
  allUploaded: { one: 'File uploaded', other: 'All %{smart_count} files uploaded' },
  xFailed: '%{smart_count} failed',
  pauseAll: 'Pause all',
  resumeAll: 'Resume all',
  retryAll: 'Try all again',
  removeAll: 'Remove all',
  cancelAll: 'Cancel all',
  clearList: 'Clear list',
  undo: 'Undo',
  interruptedTitle: {
    one: '%{smart_count} upload was not finished last time',
    other: '%{smart_count} uploads were not finished last time',
  },
  chooseAgain: 'Choose this file again to go on',
  continueUpload: 'Continue',
  discardUpload: 'Discard upload',
  hide: 'Hide',
  hideAll: 'Hide all',
  actionOnFile: '%{action}: %{file}',
  fileList: 'Files',
  fileProgress: 'Progress of %{file}',
  totalProgress: 'Progress of all files',
  hintSize: 'up to %{size} each',
  hintCount: { one: '%{smart_count} file', other: 'up to %{smart_count} files' },
  xNotUploaded: {
    one: '%{smart_count} file could not be uploaded.',
    other: '%{smart_count} files could not be uploaded.',
  },
  xNotAdded: {
    one: '%{smart_count} file was not added',
    other: '%{smart_count} files were not added',
  },
  xInList: {
    one: '%{smart_count} file was in the list already.',
    other: '%{smart_count} files were in the list already.',
  },
  addAnyway: 'Add anyway',
  filesAndMore: '%{files} and %{smart_count} more',
  filesAndReason: '%{summary}: %{files}. %{reason}',
  tooLarge: 'They are too large.',
  tooSmall: 'They are too small.',
  addedBefore: 'They are in the list already.',
  xMoreNotAdded: {
    one: '%{smart_count} more was not added',
    other: '%{smart_count} more were not added',
  },
  xFilesAdded: { one: '%{smart_count} file added', other: '%{smart_count} files added' },
  fileUploaded: '%{file} uploaded',
  fileNotUploaded: '%{file} could not be uploaded: %{reason}',
  filePaused: '%{file} paused',
  xPaused: { one: '%{smart_count} upload paused', other: '%{smart_count} uploads paused' },
  fileResumed: '%{file} resumed',
  xResumed: { one: '%{smart_count} upload resumed', other: '%{smart_count} uploads resumed' },
  fileRemoved: '%{file} removed',
  undoAvailable: 'Undo is available',
  xRemoved: { one: '%{smart_count} file removed', other: '%{smart_count} files removed' },
} as const satisfies Record<string, Message>

/** Texts of a download. */
export const downloadMessages = {
  download,
  downloadFile: 'Download %{file}',
  openDownload: 'Open',
  openFile: 'Open %{file}',
  preparingDownload: 'Preparing the download',
  downloadStarted: 'Download started',
  downloadOpened: 'Opened in a new tab',
} as const satisfies Record<string, Message>

/** The name of a text. */
export type MessageKey = UploaderMessageKey | keyof typeof downloadMessages

/** The name of a text of the uploader. */
export type UploaderMessageKey = keyof typeof behaviourMessages | keyof typeof displayMessages

/** Looks up a text and fills in its placeholders; `smart_count` also chooses the plural form. */
export type Translate<Key extends MessageKey = UploaderMessageKey> = (
  key: Key,
  values?: Readonly<Record<string, string | number>>,
) => string
