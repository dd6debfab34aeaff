'use client'

import { useMemo } from 'react'
import type { S3DirectUploadOptions } from '../uppy/plugin-options.js'
import type { S3UploaderOptions } from './uploader-options.js'
import { isAutoUpload } from './uppy-options.js'
import { useLatest } from './useLatest.js'

/** The plugin's share of the options; a new object only when there is something to tell the plugin. */
export function usePluginOptions(options: S3UploaderOptions): Partial<S3DirectUploadOptions> {
  const { uppy, endpoint, credentials, concurrency, transport } = options
  // An app's own instance starts as the app has set it.
  const autoUpload = uppy ? undefined : isAutoUpload(options)
  const latestHeaders = useLatest(options.headers)
  const hasHeaders = options.headers !== undefined
  const isOwn = uppy === undefined

  return useMemo(() => {
    // Asked before every request, so that headers written inline are never a change.
    const headers = () => {
      const { current } = latestHeaders
      return (typeof current === 'function' ? current() : current) ?? {}
    }
    const all = {
      endpoint,
      credentials,
      concurrency,
      transport,
      autoUpload,
      headers: hasHeaders ? headers : undefined,
    }
    const given = Object.entries(all).filter(([, value]) => isOwn || value !== undefined)
    return Object.fromEntries(given)
  }, [isOwn, endpoint, credentials, concurrency, transport, autoUpload, hasHeaders, latestHeaders])
}
