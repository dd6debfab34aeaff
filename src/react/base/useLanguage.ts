'use client'

import { useSyncExternalStore } from 'react'

/** The language of the page, in which numbers are written; English while the server renders. */
export function useLanguage(): string {
  return useSyncExternalStore(neverChanges, pageLanguage, () => 'en')
}

const neverChanges = () => () => {}

function pageLanguage(): string {
  return document.documentElement.lang || navigator.language
}
