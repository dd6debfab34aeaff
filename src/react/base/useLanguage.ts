'use client'

import { useSyncExternalStore } from 'react'

/** The language in which numbers are written, that of the texts: what `locale` says, else that of the page; without a locale English. */
export function useLanguage(locale: { readonly code?: string | undefined } | undefined): string {
  const language = useSyncExternalStore(neverChanges, pageLanguage, english)
  return locale ? (locale.code ?? language) : english()
}

const english = () => 'en'

const neverChanges = () => () => {}

function pageLanguage(): string {
  return document.documentElement.lang || navigator.language
}
