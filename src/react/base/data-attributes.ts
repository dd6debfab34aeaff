import type { Disposition } from '../../protocol/downloads.js'
import type { RejectionReason } from '../../upload/store/rejected-files.js'
import type { UploadStatus, WaitReason } from '../../upload/store/upload-record.js'
import type { Scheme } from './page-scheme.js'
import type { TriggerSource } from './trigger-sources.js'
import type { Theme } from './useScheme.js'

/** How close things stand. */
export type Density = 'comfortable' | 'compact'

/** What a file is, as its icon shows it. */
export type FileKind =
  | 'image'
  | 'video'
  | 'audio'
  | 'pdf'
  | 'document'
  | 'spreadsheet'
  | 'archive'
  | 'code'
  | 'other'

/** What a button does. */
type ActionName =
  | 'pause'
  | 'resume'
  | 'retry'
  | 'remove'
  | 'download'
  | 'pause-all'
  | 'resume-all'
  | 'cancel-all'
  | 'remove-all'
  | 'clear'
  | 'undo'
  | 'retry-all'
  | 'start'
  | 'continue'
  | 'discard'
  | 'add-anyway'
  | 'dismiss'
  | 'dismiss-all'

/** State of the whole uploader. */
export interface RootState {
  readonly theme: Theme
  /** In which scheme it is drawn; undefined with the theme `auto` until it is on the page. */
  readonly scheme: Scheme | undefined
  readonly density: Density
  /** Whether there is no file. */
  readonly empty: boolean
  /** Whether files are dragged over it. */
  readonly dragging: boolean
  readonly disabled: boolean
  /** Whether files are only shown. */
  readonly readonly: boolean
  /** Whether the browser has refused to send the form because of it. */
  readonly invalid: boolean
  /** Whether uploads wait for a connection. */
  readonly offline: boolean
  /** Whether there are files, and all are uploaded. */
  readonly complete: boolean
}

/** State of the label. */
export interface LabelState {
  readonly required: boolean
}

/** State of the drop zone. */
export type DropzoneState = Pick<RootState, 'dragging' | 'disabled'>

/** State of the button that opens the file dialog. */
export interface TriggerState extends Pick<RootState, 'dragging'> {
  /** Where its files come from. */
  readonly source: TriggerSource
}

/** State of one notice. */
export interface NoticeState {
  readonly kind: 'info' | 'warning' | 'error'
  readonly name: 'offline' | 'removed' | 'failed' | RejectionReason
}

/** State of all files together. */
export interface SummaryState extends Pick<RootState, 'complete' | 'offline'> {
  /** Whether every file that is under way is paused. */
  readonly paused: boolean
}

/** State of the list. */
export interface ListState {
  readonly view: 'list' | 'chips'
}

/** State of a bar. */
export interface ProgressState {
  /** Whether all bytes are sent and the server is looking at them. */
  readonly indeterminate: boolean
  /** From 0 to 1; as `--s3u-share` in CSS. */
  readonly share: number
}

/** State of one file. */
export interface ItemState extends ProgressState {
  readonly status: UploadStatus
  readonly kind: FileKind
  /** Whether the uploader waits to try again after a failure that may pass. */
  readonly retrying: boolean
  /** Why it waits although nothing has gone wrong with it. */
  readonly reason: WaitReason | undefined
}

/** State of the picture of a file. */
export type PictureState = Pick<ItemState, 'kind'>

/** State of a button that acts on a file or on all. */
export interface ActionState {
  readonly action: ActionName
  /** `icon` shows no text, `main` is the one to press next. */
  readonly look: 'icon' | 'button' | 'main'
}

/** How far a download is: nothing asked for, being signed, in the browser's hands, or refused. */
export type DownloadStatus = 'ready' | 'signing' | 'started' | 'failed'

/** State of a download, on the button or link and on the element around it. */
export interface DownloadDataAttributes {
  'data-status': DownloadStatus
  'data-disposition': Disposition
}

/** State as `data-*` attributes: one that is there or not, or with the word as its value. Numbers are for CSS variables. */
export function dataAttributes(state: object): Record<string, string> {
  const said = Object.entries(state).filter(([, value]) => value && typeof value !== 'number')
  return Object.fromEntries(
    said.map(([name, value]) => [`data-${name}`, value === true ? '' : String(value)]),
  )
}
