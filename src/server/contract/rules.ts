import type { Size } from '../../protocol/byte-size.js'
import type { Caller } from './caller.js'
import type { RequestFacts } from './files.js'

/** Which files may be uploaded; the server holds to them whatever the browser says. */
export interface UploadRules {
  /**
   * The largest file, in bytes or as text: `'5GB'` is decimal, `'5GiB'` binary.
   *
   * @default what S3 takes: 48.8 TiB in parts, or 5 GiB where `multipartThreshold` is `false`
   */
  readonly maxFileSize?: Size
  /**
   * The smallest file, in bytes or as text.
   *
   * @default 0
   */
  readonly minFileSize?: Size
  /**
   * Media types and extensions like those of `<input accept>`, one per entry; a file fits by either. A type that can run
   * script (HTML, SVG, XML, JavaScript) fits by an extension only if files of that type have it.
   *
   * @default every type
   * @example ['image/*', 'application/pdf', '.docx']
   */
  readonly accept?: readonly string[]
  /**
   * The most files in one signing request. It bounds neither a selection nor what a user uploads in total: the client
   * gathers up to 100 files into a request, as they come, and sends as many requests as it needs.
   *
   * @default 100
   */
  readonly maxFiles?: number
}

/** What `quota` decides upon. */
export interface QuotaRequest<AppCaller extends Caller = Caller> extends RequestFacts {
  readonly caller: AppCaller
  /** Above 1 when an earlier answer was lost, so that the app may know of these files, by their ids, already. */
  readonly attempt: number
  /** How many multipart uploads the owner has open at this handler; counted where `maxOpenUploads` is set. */
  readonly openUploads: number | undefined
}

/** `true` or nothing allows; text, or `false`, refuses. */
export type QuotaAnswer = boolean | string | undefined
