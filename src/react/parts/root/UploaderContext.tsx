'use client'

import { createContext, useContext } from 'react'
import type { ReadableUploadStore } from '../../../upload/store/upload-store.js'
import type { UploadActions } from '../../hooks/useUploadActions.js'
import type { AmountFormat } from '../../text/amount-format.js'
import type { Explain } from '../../text/explain.js'
import type { Translate } from '../../text/messages.js'

/** What the parts of an uploader share; nothing in it changes with progress. */
export interface UploaderContextValue {
  readonly uploads: ReadableUploadStore
  readonly actions: UploadActions
  readonly translate: Translate
  readonly explain: Explain
  readonly format: AmountFormat
  readonly disabled: boolean
  /** The form field under which receipts are sent. */
  readonly name: string | undefined
}

const UploaderContext = createContext<UploaderContextValue | undefined>(undefined)

/** Gives the parts inside it their uploader. */
export const UploaderProvider = UploaderContext.Provider

/** The uploader around a part. */
export function useUploader(): UploaderContextValue {
  const uploader = useContext(UploaderContext)
  if (!uploader) {
    throw new Error('s3-direct-upload: parts of an uploader must be placed within <S3Uploader>.')
  }
  return uploader
}
