'use client'

import { useMemo } from 'react'
import type { HeadersSource } from '../../upload/endpoint/endpoint-request.js'
import type { S3DirectUploadOptions } from '../../uppy/plugin-options.js'
import { useLatest } from '../base/useLatest.js'
import { useShallowStable } from '../base/useShallowStable.js'
import { optionTable } from '../options/option-table.js'
import type { S3UploaderOptions } from '../options/s3-uploader-options.js'
import { pluginOptions } from '../options/split-options.js'
import { isAutoUpload } from '../options/uppy-options.js'

/** The plugin's share of the options; a new object only when there is something to tell the plugin. */
export function usePluginOptions(options: S3UploaderOptions): Partial<S3DirectUploadOptions> {
  const isOwn = options.uppy === undefined
  // An app's own instance starts as the app has set it.
  const autoUpload = isOwn ? isAutoUpload(options) : undefined
  const headers = askedHeaders(options.headers)
  const metadata = typeof options.metadata === 'function' ? options.metadata : undefined
  const ofPlugin = pluginOptions(optionTable, { ...options, autoUpload, headers })
  const given: Values = { ...ofPlugin, metadata }
  const latest = useLatest(given)
  const values = useShallowStable(mapValues(given, (value) => (isFunction(value) ? asked : value)))
  return useMemo(() => {
    const told = mapValues(values, (value, name) =>
      value === asked ? (...args: readonly unknown[]) => call(latest.current[name], args) : value,
    )
    const kept = Object.entries(told).filter(([, value]) => isOwn || value !== undefined)
    return Object.fromEntries(kept)
  }, [isOwn, values, latest])
}

type Values = Readonly<Record<string, unknown>>

/** Stands for a function, which is asked when it is needed, so that one written inline is never a change. */
const asked = Symbol('asked')

function askedHeaders(headers: HeadersSource | undefined): HeadersSource | undefined {
  return typeof headers === 'object' ? () => headers : headers
}

function mapValues(values: Values, change: (value: unknown, name: string) => unknown): Values {
  const entries = Object.entries(values)
  return Object.fromEntries(entries.map(([name, value]) => [name, change(value, name)]))
}

function isFunction(value: unknown): value is (...args: readonly unknown[]) => unknown {
  return typeof value === 'function'
}

function call(value: unknown, args: readonly unknown[]): unknown {
  return isFunction(value) ? value(...args) : undefined
}
