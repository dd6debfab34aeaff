'use client'

import { useMemo } from 'react'
import type { S3DirectUploadOptions } from '../../uppy/plugin-options.js'
import { useLatest } from '../base/useLatest.js'
import { useShallowStable } from '../base/useShallowStable.js'
import type { S3UploaderOptions } from '../options/s3-uploader-options.js'
import { isAutoUpload } from '../options/uppy-options.js'

/** The plugin's share of the options; a new object only when there is something to tell the plugin. */
export function usePluginOptions(options: S3UploaderOptions): Partial<S3DirectUploadOptions> {
  const { uppy, endpoint, credentials, concurrency, transport } = options
  const { checksum, resume, retryBudgetSeconds, warnOnLeave } = options
  // An app's own instance starts as the app has set it.
  const autoUpload = uppy ? undefined : isAutoUpload(options)
  const connection = { endpoint, credentials, concurrency, transport }
  const behaviour = { checksum, resume, retryBudgetSeconds, warnOnLeave, autoUpload }
  const values = useShallowStable({ ...connection, ...behaviour })
  const latest = useLatest(options)
  const hasHeaders = options.headers !== undefined
  const hasOnUnauthorized = options.onUnauthorized !== undefined
  const isOwn = uppy === undefined

  return useMemo(() => {
    // Asked when needed, so that what is written inline is never a change.
    const headers = () => {
      const { headers: given } = latest.current
      return (typeof given === 'function' ? given() : given) ?? {}
    }
    const onUnauthorized = () => latest.current.onUnauthorized?.()
    const all = {
      ...values,
      headers: hasHeaders ? headers : undefined,
      onUnauthorized: hasOnUnauthorized ? onUnauthorized : undefined,
    }
    const given = Object.entries(all).filter(([, value]) => isOwn || value !== undefined)
    return Object.fromEntries(given)
  }, [isOwn, values, hasHeaders, hasOnUnauthorized, latest])
}
