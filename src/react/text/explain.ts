import type { UploadError } from '../../upload/errors/upload-error.js'
import { fillText } from './fill-text.js'
import type { UploaderLocale } from './messages.js'

/** Says what went wrong. */
export type Explain = (
  error: Pick<UploadError, 'code' | 'message'> & { readonly isInAppWords?: boolean },
) => string

/** Sentences by error code; `other` is for the codes that have none. */
export type ErrorMessages = Readonly<Record<string, string>> & { readonly other: string }

/**
 * Creates the explanation of errors: what the app has said itself, else the text of the locale, else English.
 *
 * The text of a locale has the name of the code, or that of the sentence, behind `prefix`.
 */
export function createExplain(
  locale: UploaderLocale | undefined,
  english: ErrorMessages,
  prefix = 'error:',
): Explain {
  const textFor = (code: string) => {
    const name = sentenceName(english, code)
    const strings = locale?.strings
    const translated =
      strings?.[prefix + code] ?? strings?.[prefix + name] ?? strings?.[`error:${name}`]
    if (typeof translated === 'string') return fillText(translated)
    // A server may send any code, `constructor` too; browsers that lack Object.hasOwn are told so by this.
    const sentence: unknown = english[code]
    return typeof sentence === 'string' ? sentence : undefined
  }
  return ({ code, message, isInAppWords }) =>
    isInAppWords ? message : (textFor(code) ?? textFor('other') ?? english.other)
}

/** The name of a sentence: the first of the codes that it is for. */
export function sentenceName(english: ErrorMessages, code: string): string {
  return Object.keys(english).find((name) => english[name] === english[code]) ?? code
}
