import { type AmountFormat, createAmountFormat } from '../text/amount-format.js'
import type { Explain } from '../text/explain.js'
import {
  behaviourMessages,
  displayMessages,
  type Translate,
  type UploaderLocale,
} from '../text/messages.js'
import { createTranslate, withSubstitutes } from '../text/translate.js'

/** What the texts of an uploader are made with. */
export interface UploaderTexts {
  readonly translate: Translate
  readonly explain: Explain
  readonly format: AmountFormat
}

/** The texts of a locale, with numbers in a language. */
export function createTexts(
  locale: UploaderLocale | undefined,
  language: string,
): Omit<UploaderTexts, 'explain'> {
  const format = createAmountFormat(language)
  const english = { ...behaviourMessages, ...displayMessages }
  return { translate: createTranslate(withSubstitutes(locale), english, format), format }
}
