'use client'

import { useLanguage } from '../base/useLanguage.js'
import type { UploaderLocale } from '../text/messages.js'
import { createTexts, type UploaderTexts } from './uploader-texts.js'

const noLocale = {}
const made = new WeakMap<object, Map<string, UploaderTexts>>()

/** The texts of a locale, the same object for all rows that ask for the same. */
export function useLocaleTexts(locale: UploaderLocale | undefined): UploaderTexts {
  const language = useLanguage(locale)
  const byLanguage = made.get(locale ?? noLocale) ?? new Map<string, UploaderTexts>()
  made.set(locale ?? noLocale, byLanguage)
  const texts = byLanguage.get(language) ?? createTexts(locale, language)
  byLanguage.set(language, texts)
  return texts
}
