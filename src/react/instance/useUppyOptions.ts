'use client'

import { useEffect, useRef } from 'react'
import { useLanguage } from '../base/useLanguage.js'
import { useStable } from '../base/useStable.js'
import type { AnyUppy, S3UploaderOptions } from '../options/s3-uploader-options.js'
import { sharedMetadata, toUppyLocale, toUppyRestrictions } from '../options/uppy-options.js'

/** Hands changed options to the running instance; an app's own keeps its restrictions and texts. */
export function useUppyOptions(uppy: AnyUppy, options: S3UploaderOptions): void {
  const isOwn = options.uppy === undefined
  const restrictions = useStable(toUppyRestrictions(options))
  const locale = useStable(options.locale)
  const language = useLanguage(locale)
  useEffect(() => {
    if (!isOwn) return
    const texts = toUppyLocale(locale, restrictions, language)
    uppy.setOptions({ restrictions, locale: texts })
  }, [uppy, isOwn, restrictions, locale, language])

  const metadata = useStable(sharedMetadata(options))
  const metadataNames = useRef<readonly string[]>([])
  useEffect(() => {
    const noLongerGiven = metadataNames.current.map((name) => [name, undefined])
    metadataNames.current = Object.keys(metadata ?? {})
    const changes = { ...Object.fromEntries(noLongerGiven), ...metadata }
    if (Object.keys(changes).length > 0) uppy.setMeta(changes)
  }, [uppy, metadata])
}
