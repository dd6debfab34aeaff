import type { Caller } from './caller.js'
import type { SigningEvent } from './events.js'
import type {
  FileToName,
  FileToUpload,
  RemovedUpload,
  RequestFacts,
  StoredUpload,
} from './files.js'
import type { JsonObject } from './json.js'
import type { QuotaAnswer, QuotaRequest, UploadRules } from './rules.js'
import type { StandardSchema } from './standard-schema.js'
import type { StorageOptions } from './storage-options.js'

/** What the app decides about uploads, and hears of them. Any of these functions may throw a `SigningError` to refuse. */
export interface UploadHooks<
  AppCaller extends Caller = Caller,
  Metadata extends JsonObject = Readonly<Record<string, string>>,
  Result = unknown,
> {
  /**
   * Which files may be uploaded; or a function that says so, asked once for every signing request.
   *
   * @default every file that S3 takes
   * @example
   * rules: (caller) => ({ maxFileSize: caller.plan === 'pro' ? '50GB' : '100MB' })
   */
  readonly rules?: UploadRules | RulesOf<AppCaller>
  /**
   * Asked once for every signing request, after the rules: returns text to refuse all of it with `quota-exceeded` (the
   * text is shown to people), `false` to refuse it in our words, `true` or nothing to allow it.
   */
  readonly quota?: (request: QuotaRequest<AppCaller>) => QuotaAnswer | Promise<QuotaAnswer>
  /**
   * The most multipart uploads that an owner may have open at this handler; a file beyond is refused with
   * `quota-exceeded`. To be counted, they get a folder of the owner: keys are `<prefix><32 hexadecimal digits>/…` then,
   * for uploads in one request too. A page has at most six on their way; those that are paused, have failed or were left
   * by a closed page stay open beside them.
   *
   * @default no limit, and nothing is counted
   */
  readonly maxOpenUploads?: number
  /**
   * Names an object: returns the key below `prefix`, which must contain `file.unique`.
   *
   * @default ({ unique, safeName }) => `${unique}/${safeName}`
   * @example
   * key: ({ unique, safeName }, { owner }) => `${owner}/${unique}-${safeName}`
   */
  readonly key?: (file: FileToName<Metadata>, caller: AppCaller) => string | Promise<string>
  /**
   * Checks what the page sends along with a file, an object of texts, and makes typed values of it; what it returns is
   * what hooks and receipts carry. Any library with Standard Schema, such as Valibot or Zod.
   *
   * @default any texts are taken as they are
   */
  readonly metadata?: StandardSchema<Metadata>
  /** How objects are kept and served; or a function that says so for each file. */
  readonly storage?: StorageOptions | StorageOf<AppCaller, Metadata>
  /**
   * Runs after the stored object was checked and before the client hears of it; the JSON of its value reaches the
   * client as `result`. It runs at least once per upload, again whenever the client completes again, so it must be
   * idempotent: write under `upload.key`, and return the same for the same key. When it throws, the object stays and the
   * client may complete again.
   */
  readonly onUploadComplete?: (
    upload: StoredUpload<Metadata>,
    caller: AppCaller,
  ) => Result | Promise<Result>
  /**
   * Runs after an upload was given up: its file was cancelled, or removed and not brought back. It may run again for the same
   * upload, and the page asks again when it throws. A page can give up each of its own uploads as long as the upload's token
   * lives, so look whether a record uses the object before you delete one.
   *
   * @example
   * onUploadRemove: async ({ key, state, deleted }) => {
   *   if (state === 'stored' && !deleted) await deleteDraft(key)
   * }
   */
  readonly onUploadRemove?: (removed: RemovedUpload, caller: AppCaller) => void | Promise<void>
  /**
   * Hears of everything the client is told without its cause. When it fails itself, that is logged and changes no answer.
   *
   * @default console.error
   */
  readonly onError?: (error: unknown) => void
  /**
   * Hears of each operation and of each file in it when it is over, as a plain object to log. It holds no token, no
   * signature and no signed URL. When it fails, `onError` hears of that, and no answer changes.
   */
  readonly onEvent?: (event: SigningEvent) => unknown
}

/** Returns the rules for one caller. */
type RulesOf<AppCaller extends Caller> = (
  caller: AppCaller,
  request: RequestFacts,
) => UploadRules | Promise<UploadRules>

/** Returns how one file is kept and served. */
type StorageOf<AppCaller extends Caller, Metadata> = (
  file: FileToUpload<Metadata>,
  caller: AppCaller,
) => StorageOptions | undefined | Promise<StorageOptions | undefined>
