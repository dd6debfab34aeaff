import type { Restrictions } from '@uppy/core'
import { parseAcceptEntry } from '../../protocol/accepted-types.js'
import { parseSize } from '../../protocol/byte-size.js'
import { describeTypes } from '../text/accept-description.js'
import { createAmountFormat } from '../text/amount-format.js'
import { behaviourMessages, type UploaderLocale } from '../text/messages.js'
import { createTranslate, englishPlural } from '../text/translate.js'
import { findPlugin } from './find-plugin.js'
import type { AnyUppy, S3UploaderOptions, UploaderRestrictions } from './s3-uploader-options.js'

/** Uppy's names for the restrictions; `null` means none. */
export type UppyRestrictions = Pick<
  Restrictions,
  'allowedFileTypes' | 'maxFileSize' | 'minFileSize' | 'maxNumberOfFiles'
>

/** The restrictions that hold: those of the app's instance, or those of the options. */
export function restrictionsOf(options: S3UploaderOptions): UppyRestrictions {
  return options.uppy ? options.uppy.opts.restrictions : toUppyRestrictions(options)
}

/** Whether uploads start by themselves. */
export function isAutoUpload({ uppy, autoUpload }: S3UploaderOptions): boolean {
  if (!uppy) return autoUpload ?? true
  return uppy.opts.autoProceed || (findPlugin(uppy)?.opts.autoUpload ?? false)
}

/** Whether a choice replaces the file there is; an app's own instance refuses a second one unless the option says so. */
export function isSingle(options: S3UploaderOptions): boolean {
  if (options.uppy) return options.multiple === false
  return toUppyRestrictions(options).maxNumberOfFiles === 1
}

/** The metadata that all files have. */
export function sharedMetadata({ metadata }: S3UploaderOptions) {
  return typeof metadata === 'function' ? undefined : metadata
}

/** The texts of the options, or those of the app's instance. */
export function localeOf({ uppy, locale }: S3UploaderOptions): UploaderLocale | undefined {
  return locale ?? uppy?.opts.locale
}

/** The restrictions in Uppy's names. */
export function toUppyRestrictions(options: UploaderRestrictions): UppyRestrictions {
  const { accept, multiple = true, maxFileSize, minFileSize, maxFiles } = options
  return {
    allowedFileTypes: acceptedTypes(accept),
    maxFileSize: sizeOf(maxFileSize, 'maxFileSize'),
    minFileSize: sizeOf(minFileSize, 'minFileSize'),
    maxNumberOfFiles: multiple ? countOf(maxFiles) : 1,
  }
}

/** Throws a `RangeError` when it is no count of files. */
function countOf(maxFiles: number | undefined): number | null {
  if (maxFiles === undefined) return null
  if (Number.isInteger(maxFiles) && maxFiles > 0) return maxFiles
  throw new RangeError(
    `s3-direct-upload: \`maxFiles\` is ${maxFiles}: give a whole number of 1 or more, such as \`maxFiles={3}\`, or leave it out for any number.`,
  )
}

/** Throws a `RangeError` that names the option when its size is none. */
function sizeOf(size: number | string | undefined, option: string): number | null {
  if (size === undefined) return null
  const bytes = parseSize(size)
  if (bytes !== undefined) return bytes
  throw new RangeError(
    `s3-direct-upload: \`${option}\` is '${size}', which is not a size. ` +
      "Give a number of bytes, or text such as '10MB' or '5GiB'.",
  )
}

/**
 * The entries of an `accept` attribute as browsers know them; `null` when it accepts everything.
 *
 * Throws a `TypeError` that names the entries which are none.
 */
function acceptedTypes(accept: UploaderRestrictions['accept'] = []): string[] | null {
  const texts = [accept].flat().flatMap((list) => list.split(','))
  const named = texts.map((text) => text.trim()).filter((text) => text !== '')
  const entries = named.map((text) => ({ text, type: parseAcceptEntry(text)?.normalized }))
  const unknown = entries.filter(({ type }) => type === undefined)
  if (unknown.length > 0) throw notATypeError(unknown.map(({ text }) => text))
  const types = entries.flatMap(({ type }) => type ?? [])
  return types.length === 0 || types.includes('*/*') ? null : [...new Set(types)]
}

function notATypeError(texts: readonly string[]): TypeError {
  const names = texts.map((text) => `'${text}'`).join(', ')
  return new TypeError(
    `s3-direct-upload: \`accept\` has ${names}, which is not a type. ` +
      "Give extensions and media types, such as '.pdf', 'image/*' or 'application/zip'.",
  )
}

/**
 * The texts with which Uppy refuses files.
 *
 * Uppy writes 10,000,000 bytes as "9.5 MB"; here the limit reads as the developer wrote it.
 */
export function toUppyLocale(
  locale: UploaderLocale | undefined,
  { allowedFileTypes, maxFileSize, minFileSize, maxNumberOfFiles }: UppyRestrictions,
  language: string | undefined,
) {
  const format = createAmountFormat(language)
  const translate = createTranslate(locale, behaviourMessages, format)
  // Uppy fills in the name of each file, and a size where we know none.
  const values = (bytes: number | null) => ({
    file: '%{file}',
    size: bytes ? format.bytes(bytes) : '%{size}',
  })
  const types = describeTypes(allowedFileTypes ?? [], translate, format)
  // Some packs have this sentence in two texts, the size in the second.
  const { size } = values(maxFileSize)
  const largest = translate('exceedsSize', { file: '%{file}', size })
  const isInTwo = locale?.strings?.exceedsSize2 && !largest.includes(size)
  const refusals = {
    exceedsSize: isInTwo ? `${largest} ${size}` : largest,
    inferiorSize: translate('inferiorSize', values(minFileSize)),
    youCanOnlyUploadFileTypes: translate('youCanOnlyUploadFileTypes', { types }),
    youCanOnlyUploadX: translate('youCanOnlyUploadX', { smart_count: maxNumberOfFiles ?? 0 }),
  }
  // Uppy's type of strings is the same, but mutable; it only reads them.
  const strings = { ...locale?.strings, ...refusals } as Record<string, string>
  return { strings, pluralize: locale?.pluralize ?? englishPlural }
}

/** Throws when an option would have to change what the app's own instance was made with. */
export function refuseConflicts(uppy: AnyUppy, options: S3UploaderOptions): void {
  const wanted = toUppyRestrictions(options)
  const { restrictions } = uppy.opts
  const conflicts = [
    differs(options.accept, wanted.allowedFileTypes, normalized(restrictions)) && 'accept',
    differs(options.maxFileSize, wanted.maxFileSize, restrictions.maxFileSize) && 'maxFileSize',
    differs(options.minFileSize, wanted.minFileSize, restrictions.minFileSize) && 'minFileSize',
    differs(options.maxFiles, wanted.maxNumberOfFiles, restrictions.maxNumberOfFiles) && 'maxFiles',
    options.multiple === false && restrictions.maxNumberOfFiles !== 1 && 'multiple',
    differs(options.autoUpload, options.autoUpload, isAutoUpload({ uppy })) && 'autoUpload',
  ].filter((name) => name !== false)
  if (conflicts.length === 0) return
  throw new Error(
    `s3-direct-upload: ${conflicts.map((name) => `\`${name}\``).join(', ')} cannot be given together with \`uppy\`: ` +
      'an instance the app made keeps its own restrictions. Leave the prop out and set it on the instance, ' +
      'as in `new Uppy({ restrictions: { maxFileSize: 10_000_000 }, autoProceed: true })`, or leave out `uppy`.',
  )
}

/** An app may write the types of its instance in another way than those of the option. */
function normalized({ allowedFileTypes }: Restrictions): string[] | null {
  const types = (allowedFileTypes ?? []).map((type) => parseAcceptEntry(type)?.normalized ?? type)
  return types.length === 0 || types.includes('*/*') ? null : types
}

function differs(given: unknown, wanted: unknown, own: unknown): boolean {
  return given !== undefined && String(wanted) !== String(own)
}
