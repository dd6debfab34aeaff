import type { UploadError } from '../../upload/errors/upload-error.js'
import { chooseAgain, interruptedGone } from './error-messages.js'

/** Text with `%{placeholders}`, or one text per plural form as `pluralize` numbers them. */
type Message = string | Readonly<Record<number, string>>

/**
 * Replacements for texts: a pack of `@uppy/locales` fits, and so does a handful of own texts.
 *
 * The name of the text for an error is `error:` and its code, such as `error:network`.
 */
export interface UploaderLocale {
  readonly strings?: { readonly [Key in MessageKey]?: Message } & {
    readonly [key: string]: Message | undefined
  }
  /** The plural form for a count. @default 0 for one, 1 for all others */
  readonly pluralize?: ((count: number) => number) | undefined
}

/** Texts of the behaviour itself, which headless uploaders need too. The first three names are Uppy's own. */
export const behaviourMessages = {
  exceedsSize: '%{file} is larger than %{size}, the most allowed',
  inferiorSize: 'The file is smaller than %{size}, the least allowed',
  youCanOnlyUploadFileTypes: 'The type of the file is not accepted. Accepted: %{types}',
  cannotBeAdded: 'The file cannot be added here',
  fileAndReason: '%{file}: %{reason}',
  unreadable: 'The browser could not read it',
  'error:cannot-reopen': chooseAgain,
  'error:interrupted-gone': interruptedGone,
  folderEmpty: 'The folder is empty',
  nothingToUpload: 'There is nothing to upload in it',
  nothingDropped: 'No file came with this. Save it first, then drop the saved file',
  images: 'images',
  videos: 'videos',
  audio: 'audio',
  textFiles: 'text files',
  fileRequired: 'Add a file and let its upload finish',
  uploadsUnderWay: 'Wait until the uploads have finished',
  uploadsPaused: 'Resume the paused uploads or remove them',
  uploadsNotStarted: 'Upload the files or remove them',
} as const satisfies Record<string, Message>

/** Texts that only the component shows or speaks. The names of the first block are Uppy's own. */
export const displayMessages = {
  dropPasteFiles: 'Drop files here or %{browseFiles}',
  browseFiles: 'browse files',
  browse: 'browse',
  dropHint: 'Drop your files here',
  uploadXFiles: { 0: 'Upload %{smart_count} file', 1: 'Upload %{smart_count} files' },
  xFilesSelected: { 0: '%{smart_count} file selected', 1: '%{smart_count} files selected' },
  filesUploadedOfTotal: {
    0: '%{complete} of %{smart_count} file uploaded',
    1: '%{complete} of %{smart_count} files uploaded',
  },
  dataUploadedOfTotal: '%{complete} of %{total}',
  xTimeLeft: '%{time} left',
  uploading: 'Uploading',
  uploadComplete: 'Upload complete',
  uploadFailed: 'Upload failed',
  paused: 'Paused',
  pauseUpload: 'Pause upload',
  resumeUpload: 'Resume upload',
  retryUpload: 'Retry upload',
  cancelUpload: 'Cancel upload',
  removeFile: 'Remove file',
  noInternetConnection: 'You are offline. Uploads go on by themselves when you are connected again',
  connectedToInternet: 'Connected again',
  nowOffline: 'You are offline. Uploads go on by themselves',

  notStarted: 'Not started',
  waiting: 'Waiting',
  tryingAgain: 'Trying again',
  finishing: 'Finishing',
  retryAll: 'Retry all',
  pauseAll: 'Pause all',
  resumeAll: 'Resume all',
  removeAll: 'Remove all',
  notFinishedLastTime: 'Not finished last time',
  chooseAgain: 'Choose the file again to go on',
  continueUpload: 'Continue',
  discardUpload: 'Discard upload',
  dismiss: 'Dismiss',
  dismissAll: 'Dismiss all',
  actionOnFile: '%{action}: %{file}',
  fileList: 'Files',
  fileProgress: 'Progress of %{file}',
  totalProgress: 'Progress of all files',
  percentUploaded: '%{status}, %{percent}',
  xNotAdded: {
    0: '%{smart_count} file was not added',
    1: '%{smart_count} files were not added',
  },
  filesAndMore: { 0: '%{files} and %{smart_count} more', 1: '%{files} and %{smart_count} more' },
  filesAndReason: '%{summary}: %{files}. %{reason}',
  tooLarge: 'They are too large',
  tooSmall: 'They are too small',
  addedBefore: 'They are in the list already',
  xMoreRejected: {
    0: '%{smart_count} more was not added',
    1: '%{smart_count} more were not added',
  },
  xFailed: { 0: '%{smart_count} failed', 1: '%{smart_count} failed' },
  acceptedTypes: 'only %{types}',
  upToSize: 'up to %{size} each',
  upToXFiles: { 0: '%{smart_count} file', 1: 'up to %{smart_count} files' },
  xFilesAdded: { 0: '%{smart_count} file added', 1: '%{smart_count} files added' },
  xInterrupted: {
    0: '%{smart_count} upload was not finished last time',
    1: '%{smart_count} uploads were not finished last time',
  },
  filePaused: '%{file} paused',
  xPaused: { 0: '%{smart_count} upload paused', 1: '%{smart_count} uploads paused' },
  fileResumed: '%{file} resumed',
  xResumed: { 0: '%{smart_count} upload resumed', 1: '%{smart_count} uploads resumed' },
  fileUploaded: '%{file} uploaded',
  fileRemoved: '%{file} removed',
  xFilesRemoved: { 0: '%{smart_count} file removed', 1: '%{smart_count} files removed' },
} as const satisfies Record<string, Message>

/** Texts of a download. */
export const downloadMessages = {
  download: 'Download',
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

/** Creates the look-up for a locale; what it lacks is English. Numbers are written by `writeNumber`. */
export function createTranslate<Key extends MessageKey>(
  locale: UploaderLocale | undefined,
  english: Readonly<Record<Key, Message>>,
  writeNumber: (value: number) => string = String,
): Translate<Key> {
  return (key, values = {}) => {
    const translated = textOf(locale, key)
    // The English forms go with the English rule, even when the locale brings another.
    const pluralize = (translated !== undefined && locale?.pluralize) || englishPlural
    const form = pluralize(Number(values.smart_count ?? 0))
    const words = Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'number' ? writeNumber(value) : value,
    ])
    return fill(formOf(translated ?? english[key], form), Object.fromEntries(words))
  }
}

/** Says what went wrong. */
export type Explain = (
  error: Pick<UploadError, 'code' | 'message'> & { readonly isInAppWords?: boolean },
) => string

/** Sentences by error code; `other` is for the codes that have none. */
type ErrorMessages = Readonly<Record<string, string>> & { readonly other: string }

/** Creates the explanation of errors: what the app has said itself, else the text of the locale, else English. */
export function createExplain(locale: UploaderLocale | undefined, english: ErrorMessages): Explain {
  const textFor = (code: string) => {
    const translated = locale?.strings?.[`error:${code}`]
    if (translated !== undefined) return fill(formOf(translated, 0), {})
    // A server may send any code, `constructor` too; browsers that lack Object.hasOwn are told so by this.
    const sentence: unknown = english[code]
    return typeof sentence === 'string' ? sentence : undefined
  }
  return ({ code, message, isInAppWords }) =>
    isInAppWords ? message : (textFor(code) ?? textFor('other') ?? english.other)
}

/**
 * The invitation to add files, parted at the link in it: text before, link, text after.
 *
 * Packs of `@uppy/locales` name the link `browse` or `browseFiles`. Where a text has neither, the link follows it.
 */
export function splitInvitation(
  translate: Translate<'dropPasteFiles' | LinkName>,
): readonly [string, string, string] {
  const marks = { browse: '\0browse\0', browseFiles: '\0browseFiles\0' }
  const [before = '', name, ...rest] = translate('dropPasteFiles', marks).split('\0')
  if (name === undefined) return [`${before} `, translate('browseFiles'), '']
  const after = rest.filter((_, index) => index % 2 === 0)
  return [before, translate(name === 'browse' ? name : 'browseFiles'), after.join('')]
}

type LinkName = 'browse' | 'browseFiles'

/** A locale may have a text for the link under one of its names only. */
const otherLinkName: Readonly<Record<string, LinkName>> = {
  browse: 'browseFiles',
  browseFiles: 'browse',
}

function textOf(locale: UploaderLocale | undefined, key: string): Message | undefined {
  const strings = locale?.strings
  return strings?.[key] ?? strings?.[otherLinkName[key] ?? key]
}

function formOf(message: Message, form: number): string {
  if (typeof message === 'string') return message
  return message[form] ?? message[1] ?? message[0] ?? ''
}

/** The plural form of a count in English: 0 for one, 1 for all others. */
export function englishPlural(count: number): number {
  return count === 1 ? 0 : 1
}

/** Fills in the values. A placeholder without a value goes, with the space before it: users never read one. */
function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/(\s*)%\{(\w+)\}/g, (_, space: string, name: string) =>
    values[name] === undefined ? '' : `${space}${values[name]}`,
  )
}
