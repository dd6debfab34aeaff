'use client'

import type { UploadSummary } from '../../upload/store/upload-summary.js'
import type { S3UploaderOptions } from '../options/s3-uploader-options.js'
import { restrictionsOf } from '../options/uppy-options.js'
import type { Translate } from '../text/messages.js'
import type { NothingToAdd } from './dropped-files.js'
import { formBlocker } from './total-progress.js'
import { type FileInput, useFileInput } from './useFileInput.js'
import type { UploadActions } from './useUploadActions.js'

/** What the input of an uploader works with. */
interface UploaderInputContext {
  readonly summary: UploadSummary
  readonly actions: UploadActions
  readonly translate: Translate<'fileRequired' | NonNullable<ReturnType<typeof formBlocker>>>
  tellNothing(nothing: NothingToAdd): void
  focusTrigger(): void
}

/** The file input of an uploader, and why the browser refused to send the form because of it. */
export function useUploaderInput(
  options: S3UploaderOptions,
  { summary, actions, translate, ...told }: UploaderInputContext,
): { readonly input: FileInput; readonly validationMessage: string | undefined } {
  const { name, required = false, disabled = false, directory = false } = options
  const { allowedFileTypes, maxNumberOfFiles } = restrictionsOf(options)
  const isFormField = required || Boolean(name)
  const obstacle = isFormField ? formBlocker(summary) : undefined
  const message = translate(obstacle ?? 'fileRequired')
  const input = useFileInput({
    ...told,
    accept: allowedFileTypes?.join(','),
    multiple: maxNumberOfFiles !== 1,
    directory,
    disabled,
    isMissing: required && summary.counts.complete === 0,
    obstacle: obstacle ? message : '',
    addFiles: actions.addFiles,
    onReset() {
      actions.cancelAll()
      actions.dismiss()
    },
  })
  return { input, validationMessage: input.wasRefused ? message : undefined }
}
