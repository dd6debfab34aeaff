'use client'

import { useMemo } from 'react'
import { useLanguage } from '../base/useLanguage.js'
import { createExplain } from '../text/explain.js'
import type { UploaderLocale } from '../text/messages.js'
import { createTexts, type UploaderTexts } from './uploader-texts.js'
import { useErrorMessages } from './useErrorMessages.js'

const noLocale = {}
const made = new WeakMap<object, Map<string, ReturnType<typeof createTexts>>>()

/** The texts of a locale; what is costly to make is the same for all rows that ask for the same. */
export function useLocaleTexts(
  locale: UploaderLocale | undefined,
  hasFiles: boolean,
): UploaderTexts {
  const language = useLanguage(locale)
  const english = useErrorMessages(hasFiles)
  const explain = useMemo(() => createExplain(locale, english), [locale, english])
  const byLanguage = made.get(locale ?? noLocale) ?? new Map()
  made.set(locale ?? noLocale, byLanguage)
  const texts = byLanguage.get(language) ?? createTexts(locale, language)
  byLanguage.set(language, texts)
  return { ...texts, explain }
}
