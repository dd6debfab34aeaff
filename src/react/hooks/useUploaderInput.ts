'use client'

import type { ReadableUploadStore } from '../../upload/store/upload-store.js'
import type { S3UploaderOptions } from '../options/s3-uploader-options.js'
import { restrictionsOf } from '../options/uppy-options.js'
import type { Translate } from '../text/messages.js'
import type { NothingToAdd } from './choosing/dropped-files.js'
import { type FileInput, useFileInput } from './choosing/useFileInput.js'
import { formBlocker } from './total-progress.js'
import type { UploadActions } from './useUploadActions.js'
import { useUploads } from './useUploads.js'
import type { FieldValue } from './value/useFieldValue.js'

/** What the input of an uploader works with. */
interface UploaderInputContext {
  readonly uploads: ReadableUploadStore
  readonly actions: UploadActions
  readonly field: FieldValue
  readonly translate: Translate<'fileRequired' | NonNullable<ReturnType<typeof formBlocker>>>
  tellNothing(nothing: NothingToAdd): void
  focusTrigger(): void
}

/** The file input of an uploader, and why the browser refused to send the form because of it. */
export function useUploaderInput(
  options: S3UploaderOptions,
  { uploads, actions, field, translate, ...told }: UploaderInputContext,
): { readonly input: FileInput; readonly validationMessage: string | undefined } {
  const {
    required = false,
    holdSubmit = true,
    disabled = false,
    readOnly = false,
    directory = false,
  } = options
  const { allowedFileTypes, maxNumberOfFiles } = restrictionsOf(options)
  const isHeld = holdSubmit && isFormField(options)
  const blocker = useUploads(uploads, ({ summary }) => (isHeld ? formBlocker(summary) : undefined))
  const isMissing = useUploads(uploads, ({ value }) => required && value.length === 0)
  const obstacle = blocker ?? (isMissing ? 'fileRequired' : undefined)
  const message = obstacle && translate(obstacle)
  const input = useFileInput({
    ...told,
    accept: allowedFileTypes?.join(','),
    multiple: maxNumberOfFiles !== 1,
    directory: directory === true,
    disabled: disabled || readOnly,
    isMissing,
    obstacle: message ?? '',
    addFiles: actions.addFiles,
    onSubmit: actions.dismissRemoved,
    onReset() {
      if (!field.reset()) return
      actions.dismiss()
    },
  })
  return { input, validationMessage: input.wasRefused ? message : undefined }
}

/** Whether a form, or the state of the app, is to have the files. */
function isFormField(options: S3UploaderOptions): boolean {
  const { name, required, value, defaultValue, onValueChange } = options
  return Boolean(name || required || value || defaultValue || onValueChange)
}
