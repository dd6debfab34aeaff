'use client'

import { useMemo } from 'react'
import type { UploadRecord } from '../../upload/store/upload-record.js'
import type { Explain } from '../text/explain.js'
import type { Translate } from '../text/messages.js'
import { describeStatus } from '../text/upload-status-text.js'
import { useRoot } from './UploaderContext.js'

/** Texts of an uploader in its language. */
export interface UploaderWords {
  /** A text by its name, with its placeholders filled in; `smart_count` chooses the plural. */
  readonly t: Translate
  /** A size: `1.5 MB`. */
  bytes(bytes: number): string
  /** A share from 0 to 1: `45%`. */
  percent(share: number): string
  /** A time in seconds: `3 min`. */
  duration(seconds: number): string
  /** `PDF, PNG`. */
  list(parts: readonly string[]): string
  /** The state of a file, with its progress: `Uploading, 45%`. */
  describe(file: UploadRecord): string
  /** What an error means to a user. */
  readonly explain: Explain
}

/**
 * The texts of the uploader around a component, and how it writes amounts.
 *
 * @throws Error outside of `Uploader.Root` and `S3Uploader`.
 * @example
 * const { t, bytes } = useTexts()
 * return <p>{t('xFilesSelected', { smart_count: 3 })}, {bytes(1_500_000)}</p>
 */
export function useTexts(): UploaderWords {
  const { translate, explain, format, showVerified } = useRoot('useTexts()')
  return useMemo(
    () => ({
      t: translate,
      bytes: format.bytes,
      percent: format.percent,
      duration: format.seconds,
      list: format.list,
      describe: (file) => describeStatus(file, { translate, format, showVerified }),
      explain,
    }),
    [translate, explain, format, showVerified],
  )
}
