'use client'

import { useMemo } from 'react'
import type { UploaderCore } from '../hooks/useUploaderCore.js'
import { useUploadRecord } from '../hooks/useUploadRecord.js'
import { useUploaderAround, within } from './UploaderContext.js'
import { createUploadItem, type UploadItem } from './upload-item.js'
import { useLocaleTexts } from './useLocaleTexts.js'

/** What of an uploader a row is made from; `useS3Uploader` returns it. */
type ItemUploader = Pick<UploaderCore, 'uploads' | 'actions' | 'disabled' | 'readOnly' | 'locale'>

/**
 * One file of the uploader around a component, or of the one given: its state in words, and what can be done with it.
 *
 * The component renders again when this file changes, and only then. Undefined as soon as the file is removed.
 *
 * @throws Error outside of `Uploader.Root` and `S3Uploader`, unless an uploader is given.
 * @example
 * const item = useUploadItem(uploader, id)
 * return item && <li {...item.getItemProps()}>{item.file.name}: {item.text.status}</li>
 */
export function useUploadItem(id: string): UploadItem | undefined
export function useUploadItem(uploader: ItemUploader, id: string): UploadItem | undefined
export function useUploadItem(first: ItemUploader | string, second = ''): UploadItem | undefined {
  const [given, id] = typeof first === 'string' ? [undefined, first] : [first, second]
  const around = useUploaderAround()
  const { uploads, actions, disabled, readOnly } =
    given ?? within(around, 'useUploadItem(id)', 'Root')
  const file = useUploadRecord({ uploads }, id)
  const ownTexts = useLocaleTexts(given?.locale, file !== undefined)
  const inRoot = given ? undefined : around
  const { translate, explain, format } = inRoot ?? ownTexts
  const showVerified = inRoot?.showVerified
  return useMemo(() => {
    const texts = { translate, explain, format, showVerified }
    return file && createUploadItem(file, { ...texts, actions, disabled, readOnly })
  }, [file, translate, explain, format, showVerified, actions, disabled, readOnly])
}
