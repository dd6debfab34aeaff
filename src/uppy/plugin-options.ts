import type { PluginOpts } from '@uppy/core'
import { parseUrl } from '../s3/parse-url.js'
import type { SigningClientOptions } from '../upload/endpoint/endpoint-request.js'
import type { UploadEvent } from '../upload/events/upload-event.js'
import type { PrepareFile } from '../upload/sending/preparations.js'
import type { HttpTransport } from '../upload/transfer/http-transport.js'

/** Options of the {@link S3DirectUpload} plugin. */
export interface S3DirectUploadOptions extends PluginOpts, Omit<SigningClientOptions, 'fetch'> {
  /**
   * Starts files as soon as they are added. Unlike Uppy's `autoProceed` it does not retry failed ones at each
   * occasion, nor let new files wait for that.
   *
   * @default false
   */
  readonly autoUpload?: boolean | undefined
  /**
   * Most parallel requests to S3, 1 to 100. Read once, at the start.
   *
   * @default 6, a browser's limit per host over HTTP/1.1, and two small files that wait for a connection
   */
  readonly concurrency?: number | undefined
  /**
   * How bytes travel; replace it in tests and stories.
   *
   * @default XMLHttpRequest
   * @see https://github.com/s3-direct-upload/s3-direct-upload/blob/main/docs/testing.md#in-a-test-of-a-component
   */
  readonly transport?: HttpTransport | undefined
  /**
   * Whether S3 compares what arrives with the file's SHA-256, computed before it is sent. Needs a secure context (https)
   * and a provider that knows `x-amz-checksum-sha256`.
   *
   * @default true
   */
  readonly checksum?: boolean | undefined
  /**
   * Whether a large file continues after a reload or a crash where it stopped, when it is added again. Keeps its name, its
   * upload token and a fingerprint in IndexedDB; needs a secure context (https). Read once, at the start.
   *
   * @default true
   */
  readonly resume?: boolean | undefined
  /**
   * Texts that reach your server's hooks with a file, made of the file when `addFiles` of the plugin adds it; they join those of
   * `uppy.setMeta`.
   *
   * @example (file) => ({ takenAt: String(file.lastModified) })
   */
  readonly metadata?: ((file: File) => Readonly<Record<string, string>>) | undefined
  /**
   * Prepares each file before it is signed, such as by making it smaller: returns another one, or nothing where it stays as it is.
   * Throw an `Error` to refuse it; users read its message. Called for two files at once, and once for each upload; `signal` aborts when
   * the file is removed.
   *
   * @see https://github.com/s3-direct-upload/s3-direct-upload/blob/main/docs/choosing-files.md#preparing-files
   * @example async (file) => (file.type === 'image/png' ? await toWebp(file) : undefined)
   */
  readonly prepare?: PrepareFile | undefined
  /**
   * What becomes of a file that the list has already, byte for byte, with the same path, name, size and date: `'set-aside'` lists it
   * in `uploads.rejected`, from where `addAnyway` adds it; `'allow'` adds it and compares nothing. Files over 256 MiB are never compared.
   *
   * @default 'set-aside'
   */
  readonly duplicates?: 'set-aside' | 'allow' | undefined
  /** Whether the browser asks before the page is left while files are under way. @default false */
  readonly warnOnLeave?: boolean | undefined
  /**
   * Whether the screen of a phone or computer stays on while files are under way, where the browser can do that: a locked
   * phone stops the page.
   *
   * @default false
   * @see https://github.com/s3-direct-upload/s3-direct-upload/blob/main/docs/transfers.md#a-phone-that-is-locked
   */
  readonly keepAwake?: boolean | undefined
  /**
   * Seconds for which failed requests are retried without any progress. Offline time does not count, and a request without an
   * answer counts 30 s at most. Read once, at the start.
   *
   * @default 300
   */
  readonly retryBudgetSeconds?: number | undefined
  /**
   * Called when a request to S3 or to the endpoint is over, when a file is in another state, and when its upload has ended: for
   * support and monitoring. Events have no names, URLs, tokens or metadata. It is not waited for.
   *
   * @see https://github.com/s3-direct-upload/s3-direct-upload/blob/main/docs/uppy.md#onevent-what-happens-in-the-browser
   */
  readonly onEvent?: ((event: UploadEvent) => unknown) | undefined
  /** The plugin's name in Uppy. Read once, at the start. @default 'S3DirectUpload' */
  readonly id?: string
  /** Accepted as by every plugin of Uppy, without effect: the plugin has no texts. Give it to `Uppy` or the component. */
  readonly locale?: PluginOpts['locale']
}

/** Throws a `TypeError` that names every option at fault. */
export function validateOptions(options: S3DirectUploadOptions): void {
  const problems = [...problemsOf(options)]
  if (problems.length === 0) return
  throw new TypeError(
    `s3-direct-upload: S3DirectUpload cannot work with these options:\n${problems.join('\n')}`,
  )
}

function* problemsOf({
  endpoint,
  concurrency,
  retryBudgetSeconds,
}: S3DirectUploadOptions): Generator<string> {
  if (
    typeof endpoint !== 'string' ||
    !parseUrl(endpoint, 'https://page.example') ||
    endpoint === ''
  ) {
    yield `- endpoint is ${JSON.stringify(endpoint)}: give the URL of your signing endpoint, such as '/api/s3'.`
  }
  if (
    concurrency !== undefined &&
    !(Number.isInteger(concurrency) && concurrency >= 1 && concurrency <= 100)
  ) {
    yield `- concurrency is ${concurrency}: give a whole number from 1 to 100.`
  }
  if (retryBudgetSeconds !== undefined && !(retryBudgetSeconds >= 0)) {
    yield `- retryBudgetSeconds is ${retryBudgetSeconds}: give 0 or more seconds.`
  }
}
