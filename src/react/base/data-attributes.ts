import type { Disposition } from '../../protocol/downloads.js'
import type { UploadStatus, WaitReason } from '../../upload/store/upload-record.js'
import type { Scheme } from './page-scheme.js'
import type { Theme } from './useScheme.js'

/** State of the whole uploader, on its outermost element. */
export interface UploaderDataAttributes {
  'data-theme': Theme
  /** In which scheme it is drawn; absent with the theme `auto` until it is on the page. */
  'data-scheme': Scheme | undefined
  /** Present as long as there is no file. */
  'data-empty': '' | undefined
}

/** State of the element on which files can be dropped; in `S3Uploader` it is the outermost one. */
export interface DropzoneDataAttributes {
  /** Present while files are dragged over it. */
  'data-dragging': '' | undefined
  'data-disabled': '' | undefined
}

/** State of one file, on its list item. */
export interface UploadListItemDataAttributes {
  'data-status': UploadStatus
  /** Present while the uploader waits to try again after a failure that may pass. */
  'data-retrying': '' | undefined
  /** Why it waits although nothing has gone wrong with it. */
  'data-reason': WaitReason | undefined
}

/** State of all files together, on the line above the list. */
export interface UploadSummaryDataAttributes {
  /** Present while every file that is under way is paused. */
  'data-paused': '' | undefined
}

/** On every button that acts on a file or on all. */
export interface ActionDataAttributes {
  'data-action':
    | 'pause'
    | 'resume'
    | 'retry'
    | 'remove'
    | 'pause-all'
    | 'resume-all'
    | 'remove-all'
    | 'retry-all'
    | 'start'
    | 'continue'
    | 'discard'
    | 'dismiss'
    | 'dismiss-all'
}

/** How far a download is: nothing asked for, being signed, in the browser's hands, or refused. */
export type DownloadStatus = 'ready' | 'signing' | 'started' | 'failed'

/** State of a download, on the button or link and on the element around it. */
export interface DownloadDataAttributes {
  'data-status': DownloadStatus
  'data-disposition': Disposition
}

/** The value of a `data-*` attribute that is there or not. */
export function present(isPresent: boolean): '' | undefined {
  return isPresent ? '' : undefined
}
