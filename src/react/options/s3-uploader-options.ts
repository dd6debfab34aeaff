import type { Uppy } from '@uppy/core'
import type { ReactNode } from 'react'
import type { UploadError } from '../../upload/errors/upload-error.js'
import type { StoredFile } from '../../upload/store/stored-file.js'
import type { UploadedFile, UploadRecord } from '../../upload/store/upload-record.js'
import type { S3DirectUploadOptions } from '../../uppy/plugin-options.js'
import type { Density } from '../base/data-attributes.js'
import type { IconName, PartName } from '../base/part-names.js'
import type { Theme } from '../base/useScheme.js'
import type { UploaderLocale } from '../text/messages.js'
import type { DropTarget, PasteTarget } from './drop-targets.js'

/** A file that could not be uploaded, with the reason in `error`. */
export type FailedUpload = Extract<UploadRecord, { status: 'failed' }>

/** How a round of uploads ended. */
export interface UploadOutcome<Result = unknown> {
  readonly uploaded: readonly UploadedFile<Result>[]
  readonly failed: readonly FailedUpload[]
}

// Uppy's event types make its type parameters invariant, so no narrower type takes every instance.
// biome-ignore lint/suspicious/noExplicitAny: see above
export type AnyUppy = Uppy<any, any>

/** What the app hears while files are uploaded. Changed callbacks take effect at once. */
export interface UploaderCallbacks<Result = unknown> {
  /** Called when the first byte of a file is about to be sent. */
  readonly onUploadBegin?: ((file: UploadRecord) => void) | undefined
  /** Called while bytes are on their way, at most 4 times a second per file. */
  readonly onUploadProgress?: ((file: UploadRecord) => void) | undefined
  /** Called once per file when the server has seen it in the bucket; `file.object` carries key and receipt. */
  readonly onUploadComplete?: ((file: UploadedFile<Result>) => void) | undefined
  /** Called when a file is given up; it can be retried. */
  readonly onUploadError?: ((file: FailedUpload, error: UploadError) => void) | undefined
  /** Called when no upload is under way any more, with the files that ended since the last call. */
  readonly onAllSettled?: ((outcome: UploadOutcome<Result>) => void) | undefined
  /**
   * Called when a user removes a file or cancels its upload. Of a stored file nothing is deleted: delete it when the form is
   * saved, or here, and return the promise. Then its row says so meanwhile, and stays if the promise rejects.
   */
  readonly onFileRemove?: ((file: UploadRecord) => unknown) | undefined
  /**
   * Called when what is in the bucket has changed, with all of it: once for all uploads that end together. `details.reason`
   * says why, and `details.file` is the one file that came or went, if it was one.
   */
  readonly onValueChange?:
    | ((value: readonly StoredFile<Result>[], details: ValueChangeDetails<Result>) => void)
    | undefined
}

/** Why the value has changed. */
export type ValueChangeReason = 'complete' | 'remove' | 'replace' | 'reset' | 'undo'

/** What has changed in the value. */
export interface ValueChangeDetails<Result = unknown> {
  readonly reason: ValueChangeReason
  /** The one file that came, or else went; absent where it was none, or several. */
  readonly file?: StoredFile<Result> | undefined
}

/** Which files are taken. Checked in the browser for the user's sake; the server's rules decide. */
export interface UploaderRestrictions {
  /**
   * Types as in HTML: media types, wildcards and extensions, as a list or separated by commas.
   *
   * Where a browser does not know the type of a file, its extension tells it.
   *
   * @example 'image/*,.pdf'
   * @example ['image/*', 'pdf']
   */
  readonly accept?: string | readonly string[] | undefined
  /** Whether more than one file can be added; if not, a second choice replaces the first. @default true */
  readonly multiple?: boolean | undefined
  /**
   * Whether the dialog chooses a folder, with all that is in it, instead of files; `'both'` has a second button for folders. Folders
   * can be dropped anyway.
   *
   * @default false
   */
  readonly directory?: boolean | 'both' | undefined
  /**
   * Whether there is a second button that takes a photo: `'auto'` on a phone or tablet where `accept` names nothing but images and
   * videos.
   *
   * @default 'auto'
   */
  readonly camera?: boolean | 'auto' | undefined
  /** Largest size of a file: bytes, or text (`'10MB'` is decimal, `'10MiB'` binary). */
  readonly maxFileSize?: number | string | undefined
  /** Smallest size of a file: bytes, or text as of `maxFileSize`. */
  readonly minFileSize?: number | string | undefined
  /** Most files in the list; of more, the first are taken. */
  readonly maxFiles?: number | undefined
}

/** How the component looks; the hook has no looks. */
export interface UploaderAppearance {
  /**
   * `'light'`, `'dark'`, or `'auto'`, which is as the page around: dark within `.dark` or `data-theme="dark"`, else by its `color-scheme`.
   *
   * @default 'auto'
   * @see https://github.com/s3-direct-upload/s3-direct-upload/blob/main/docs/theming.md#light-and-dark
   */
  readonly theme?: Theme | undefined
  /** How close things stand: `'comfortable'`, or `'compact'` with lower rows. @default 'comfortable' */
  readonly density?: Density | undefined
  /** What the uploader is for, such as "Attachments": a label above it, and the name of the group. */
  readonly label?: string | undefined
  /** A sentence of the app about this field, such as what the server found: shown, spoken, and part of what describes the button. */
  readonly error?: string | undefined
  /** Classes for parts by their names, each beside our own: `{ trigger: 'big', item: 'card' }`. */
  readonly classNames?: { readonly [Name in PartName]?: string | undefined } | undefined
  /** Icons by what they stand for, in place of ours: `{ pdf: <Pdf /> }`. Make the object once, outside of your component. */
  readonly icons?: { readonly [Name in IconName]?: ReactNode } | undefined
  /** Whether classes of ours are left out. Roles, texts, `data-*` attributes and behaviour stay. @default false */
  readonly unstyled?: boolean | undefined
  /** Whether a file reads "Uploaded and verified" if S3 has compared all of its bytes with checksums. @default false */
  readonly showVerified?: boolean | undefined
}

/** Every option of the plugin is one of the uploader, but for those that mean something else here. */
type PluginShare = Omit<
  S3DirectUploadOptions,
  'endpoint' | 'autoUpload' | 'id' | 'locale' | 'metadata'
>

/** Options of `useS3Uploader`; `Result` is what the server's `onUploadComplete` returns. */
export interface S3UploaderOptions<Result = unknown>
  extends UploaderCallbacks<Result>,
    UploaderRestrictions,
    PluginShare {
  /** URL of your signing endpoint. Needed unless `uppy` already has the `S3DirectUpload` plugin. */
  readonly endpoint?: string | undefined
  /**
   * An Uppy instance of your own. It gets the `S3DirectUpload` plugin if it has none, and its uploads continue when the
   * component unmounts. Its restrictions and its start win; conflicting props throw. To start files as they are added, set
   * `autoUpload: true` on its plugin.
   *
   * @default an instance that ends with the component; unfinished uploads can be continued later
   * @see https://github.com/s3-direct-upload/s3-direct-upload/blob/main/docs/uppy.md
   */
  readonly uppy?: AnyUppy | undefined
  /**
   * Where files can be dropped beside the uploader itself: `'self'` for nowhere else, `'page'` for the whole window, which shows a
   * frame then, or the ref of an element. Of two with `'page'`, the first takes the window.
   *
   * @default 'self'
   */
  readonly dropTarget?: DropTarget | undefined
  /**
   * Where files can be pasted: `'focus'` while the focus is in the uploader, `'page'` anywhere but in a text field, or `false`.
   *
   * @default 'focus'
   */
  readonly paste?: PasteTarget | undefined
  /**
   * What becomes of a file that is dropped where nothing takes it: `'prevent'` keeps the page, `'browser'` lets the browser open the
   * file in its place.
   *
   * @default 'prevent'
   */
  readonly strayDrops?: 'prevent' | 'browser' | undefined
  /** Whether uploads start as soon as files are added. @default true */
  readonly autoUpload?: boolean | undefined
  /** Texts that reach your server's hooks with every file, or a function that makes them of each file when it is added. */
  readonly metadata?:
    | Readonly<Record<string, string>>
    | ((file: File) => Readonly<Record<string, string>>)
    | undefined
  /**
   * Form field that carries the receipt of each complete file to your server; `S3Uploader` renders it. The form cannot be
   * sent while files are not uploaded yet. A second one, `name_stored`, carries the key of each stored file that is still there.
   */
  readonly name?: string | undefined
  /**
   * The files in the bucket, where the app holds them: give what `onValueChange` gets. A key that appears gets a row, one that
   * vanishes loses it, and nothing is deleted; uploads under way stay. An empty list empties the uploader.
   */
  readonly value?: readonly StoredFile<Result>[] | undefined
  /** The files that are in the bucket already, where the uploader holds the value; a reset of the form brings them back. Read once, at the start. */
  readonly defaultValue?: readonly StoredFile<Result>[] | undefined
  /** Only shows files and lets them be downloaded; what is complete still goes with the form. @default false */
  readonly readOnly?: boolean | undefined
  /** No files can be added, and no button works; what is complete still goes with the form. @default false */
  readonly disabled?: boolean | undefined
  /** A form cannot be sent before there is a file in the bucket. @default false */
  readonly required?: boolean | undefined
  /**
   * Whether a form waits for files that are not uploaded yet, paused or failed; else it goes without them.
   *
   * @default true
   */
  readonly holdSubmit?: boolean | undefined
  /**
   * Texts in another language: a pack from `s3-direct-upload/locales/…`, one of `@uppy/locales`, or your own
   * (`{ strings: { browseFiles: '…' } }`), with `'error:…'` for the code of an error.
   *
   * @default English
   * @see https://github.com/s3-direct-upload/s3-direct-upload/blob/main/docs/texts.md
   */
  readonly locale?: UploaderLocale | undefined
}
