import type { Uppy } from '@uppy/core'
import type { HeadersSource } from '../../upload/endpoint/endpoint-request.js'
import type { OnUnauthorized } from '../../upload/endpoint/session-renewal.js'
import type { UploadError } from '../../upload/errors/upload-error.js'
import type { UploadedFile, UploadRecord } from '../../upload/store/upload-record.js'
import type { HttpTransport } from '../../upload/transfer/http-transport.js'
import type { UploaderLocale } from '../text/messages.js'

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
  /** Called when a file is removed or its upload cancelled. */
  readonly onFileRemove?: ((file: UploadRecord) => void) | undefined
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
  /** Whether the dialog chooses a folder, with all that is in it, instead of files. @default false */
  readonly directory?: boolean | undefined
  /** Bytes, or text: `'10MB'` is decimal, `'10MiB'` binary. */
  readonly maxFileSize?: number | string | undefined
  /** Bytes, or text: `'10MB'` is decimal, `'10MiB'` binary. */
  readonly minFileSize?: number | string | undefined
  /** Number of files in the list; of more, the first are taken. */
  readonly maxFiles?: number | undefined
}

/** How files travel. */
export interface UploaderConnection {
  /** Headers for the signing endpoint, or a function that is asked before every request. */
  readonly headers?: HeadersSource | undefined
  /** Whether cookies go to the signing endpoint. @default 'same-origin' */
  readonly credentials?: RequestCredentials | undefined
  /**
   * Called when the endpoint answers that nobody is signed in, once for all uploads that wait; when it resolves they go
   * on, when it rejects they fail.
   */
  readonly onUnauthorized?: OnUnauthorized | undefined
  /** Most parallel requests to S3. Read on mount only. @default 6, and two small files that wait in the browser for a connection */
  readonly concurrency?: number | undefined
  /** How bytes travel; replace it in tests and stories. @default XMLHttpRequest */
  readonly transport?: HttpTransport | undefined
  /**
   * Whether S3 compares what arrives with the file's SHA-256, computed before it is sent. Needs a secure context (https)
   * and a provider that knows `x-amz-checksum-sha256`.
   *
   * @default true
   */
  readonly checksum?: boolean | undefined
  /**
   * Whether a large file goes on after a reload or a crash where it stopped, when it is added again. Needs a secure
   * context (https); what it is at first holds as long as the uploader lives.
   *
   * @default true
   */
  readonly resume?: boolean | undefined
  /** Seconds for which failed requests are retried without any progress. Read on mount only. @default 300 */
  readonly retryBudgetSeconds?: number | undefined
  /** Whether the browser asks before the page is left while files are under way. @default false */
  readonly warnOnLeave?: boolean | undefined
}

/** Options of `useS3Uploader`; `Result` is what the server's `onUploadComplete` returns. */
export interface S3UploaderOptions<Result = unknown>
  extends UploaderCallbacks<Result>,
    UploaderRestrictions,
    UploaderConnection {
  /** URL of the signing endpoint; needed unless `uppy` already has the `S3DirectUpload` plugin. */
  readonly endpoint?: string | undefined
  /**
   * An Uppy instance of the app. It gets the `S3DirectUpload` plugin if it has none, its own restrictions stand,
   * and its uploads go on when the component unmounts.
   *
   * @default an instance of its own, which ends with the component; what is unfinished then can be continued later
   */
  readonly uppy?: AnyUppy | undefined
  /** Whether uploads start as soon as files are added. @default true */
  readonly autoUpload?: boolean | undefined
  /** Values of the app that go to the server's hooks with every file. */
  readonly metadata?: Readonly<Record<string, string>> | undefined
  /**
   * Form field that carries the receipt of each complete file to your server; `S3Uploader` renders it. The form cannot be
   * sent while files are not uploaded yet.
   */
  readonly name?: string | undefined
  /** No files can be added, and no button works; what is complete still goes with the form. @default false */
  readonly disabled?: boolean | undefined
  /** A form cannot be sent before an upload is complete and none is left. @default false */
  readonly required?: boolean | undefined
  /** Texts to replace: a pack of `@uppy/locales`, or `{ strings: { browseFiles: '…' } }`. */
  readonly locale?: UploaderLocale | undefined
}
