'use client'

import { useEffect, useMemo, useRef } from 'react'
import type { StoredFile } from '../../../upload/store/stored-file.js'
import type { ReadableUploadStore } from '../../../upload/store/upload-store.js'
import { useBeforePaint } from '../../base/useBeforePaint.js'
import { useLatest } from '../../base/useLatest.js'
import type { UppyInstance } from '../../instance/useUppyInstance.js'
import type { S3UploaderOptions } from '../../options/s3-uploader-options.js'
import { isSingle } from '../../options/uppy-options.js'
import { ValueWatch } from './watch-value.js'

/** How the value of an uploader is changed. */
export interface FieldValue {
  /** Makes these files the value; the app is told with the reason `reset`. */
  setValue(files: readonly StoredFile[]): void
  /** Makes the value what it was at first; returns whether it could: where the app holds the value, it has to. */
  reset(): boolean
}

interface FieldSource {
  readonly instance: UppyInstance
  readonly uploads: ReadableUploadStore
}

/** Keeps the files in the bucket as the app says, and tells it when they change. */
export function useFieldValue(
  options: S3UploaderOptions,
  { instance, uploads }: FieldSource,
): FieldValue {
  const { value } = options
  const { uppy, plugin } = instance
  const latest = useLatest({ options, uppy, plugin })
  const watch = useRef<ValueWatch | undefined>(undefined)
  const known = useRef<ReadonlySet<string>>(new Set())

  useBeforePaint(() => {
    if (!plugin || !value) return
    const set = () => plugin.stored.set(value, known.current)
    if (watch.current) watch.current.accept(set)
    else set()
    known.current = new Set(value.map(({ key }) => key))
  }, [plugin, value])

  useBeforePaint(() => {
    const { uppy: ofApp, value: controlled, defaultValue = [] } = latest.current.options
    // An instance of its own has them from the start.
    if (ofApp && !controlled) plugin?.stored.set(defaultValue, new Set())
  }, [plugin, latest])

  useEffect(() => {
    const current = new ValueWatch(uploads, {
      known: latest.current.options.value ?? uploads.value,
      isSingle: () => isSingle(latest.current.options),
      tell: (files, details) => latest.current.options.onValueChange?.(files, details),
    })
    watch.current = current
    return () => current.stop()
  }, [uploads, latest])

  return useMemo(() => {
    const change = (files: readonly StoredFile[]) =>
      watch.current?.change('reset', () => latest.current.plugin?.stored.set(files))
    return {
      setValue(files) {
        const { options: given } = latest.current
        if (given.value) given.onValueChange?.(files, { reason: 'reset' })
        else change(files)
      },
      reset() {
        const { value: controlled, defaultValue = [] } = latest.current.options
        if (controlled) return false
        watch.current?.change('reset', () => {
          // Its receipts may have been sent.
          latest.current.plugin?.removeAll({ keepsComplete: true })
          latest.current.plugin?.stored.set(defaultValue)
        })
        return true
      },
    }
  }, [latest])
}
