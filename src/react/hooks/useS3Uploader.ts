'use client'

import { type ComponentPropsWithRef, type RefObject, useEffect, useMemo, useRef } from 'react'
import { systemRuntime } from '../../async/runtime.js'
import type { Rejection } from '../../upload/store/rejected-files.js'
import { type ReadableUploadStore, UploadStore } from '../../upload/store/upload-store.js'
import { type DropzoneDataAttributes, present } from '../base/data-attributes.js'
import { mergeProps } from '../base/merge-props.js'
import { useLatest } from '../base/useLatest.js'
import { useUppyInstance } from '../instance/useUppyInstance.js'
import type { AnyUppy, S3UploaderOptions } from '../options/s3-uploader-options.js'
import { isSingle, localeOf } from '../options/uppy-options.js'
import { behaviourMessages } from '../text/messages.js'
import { createTranslate } from '../text/translate.js'
import type { NothingToAdd } from './dropped-files.js'
import { rejectFile } from './reject-file.js'
import { useDropTarget } from './useDropTarget.js'
import type { FileInput } from './useFileInput.js'
import { type UploadActions, useUploadActions } from './useUploadActions.js'
import { useUploaderInput } from './useUploaderInput.js'
import { type UploadListState, useUploadList } from './useUploadList.js'
import { watchUploads } from './watch-uploads.js'

/** Everything a user interface of uploads is made of. */
export interface UseS3UploaderResult extends UploadActions, UploadListState {
  /** The Uppy instance behind it. */
  readonly uppy: AnyUppy
  /** All actions in one object, which stays the same as long as the Uppy instance does. */
  readonly actions: UploadActions
  /** The records of all files; subscribe to one with `useUploadRecord`. */
  readonly uploads: ReadableUploadStore
  /** Whether files are being dragged over the drop zone. */
  readonly isDraggingOver: boolean
  /** The `disabled` option: no files can be added. */
  readonly disabled: boolean
  /** Why the browser refused to send the form, if it did and nothing has changed since. */
  readonly validationMessage: string | undefined
  /** Opens the browser's file dialog; only from an event of the user. */
  openFilePicker(): void
  /** Props of the element on which files can be dropped. */
  getDropzoneProps(props?: ComponentPropsWithRef<'div'>): ComponentPropsWithRef<'div'>
  /** Props of an `<input>`, which must be rendered and stays invisible. */
  getInputProps(props?: ComponentPropsWithRef<'input'>): ComponentPropsWithRef<'input'>
  /** Props of the `<button>` that opens the file dialog. */
  getTriggerProps(props?: ComponentPropsWithRef<'button'>): ComponentPropsWithRef<'button'>
}

type PropGetters = Pick<
  UseS3UploaderResult,
  'getDropzoneProps' | 'getInputProps' | 'getTriggerProps'
>

const noUploads = new UploadStore(systemRuntime)

/**
 * Uploads straight to S3, without any markup: state to show and props for your own elements.
 *
 * Name what the server's `onUploadComplete` returns as the type parameter: `useS3Uploader<Result>(…)`.
 *
 * @throws Error when there is neither an endpoint nor a plugin, or an option conflicts with the app's `uppy`;
 * UploadError `browser-too-old` where the browser is.
 * @example
 * const uploader = useS3Uploader({ endpoint: '/api/s3' })
 * return (
 *   <div {...uploader.getDropzoneProps()}>
 *     <input {...uploader.getInputProps()} />
 *     <button {...uploader.getTriggerProps()}>Choose files</button>
 *     {uploader.summary.counts.complete} of {uploader.summary.total} uploaded
 *   </div>
 * )
 */
export function useS3Uploader<Result = unknown>(
  typedOptions: S3UploaderOptions<Result>,
): UseS3UploaderResult {
  // What the server answers is what its own hook returned: of which type, the app knows.
  const options = typedOptions as S3UploaderOptions
  const { disabled = false } = options
  const instance = useUppyInstance(options)
  const uploads = instance.plugin?.uploads ?? noUploads
  const locale = localeOf(options)
  const translate = useMemo(() => createTranslate(locale, behaviourMessages), [locale])
  const list = useUploadList(uploads, translate)
  const actions = useUploadActions(instance, { translate, isSingle: isSingle(options) })
  const { addFiles } = actions
  // A file is near: what uploads it is loaded until it comes.
  const prepare = () => void instance.plugin?.prepare()

  const callbacks = useLatest(options)
  useEffect(() => watchUploads(uploads, () => callbacks.current), [uploads, callbacks])

  const reject = (rejection: Rejection) => rejectFile(instance.uppy, rejection, translate)
  const tellNothing = (nothing: NothingToAdd) => rejectionsOf(nothing).forEach(reject)

  const trigger = useRef<HTMLButtonElement>(null)
  const { input, validationMessage } = useUploaderInput(options, {
    summary: list.summary,
    actions,
    translate,
    tellNothing,
    focusTrigger: () => trigger.current?.focus(),
  })
  const { isDraggingOver, handlers } = useDropTarget({
    disabled,
    onApproach: prepare,
    addFiles,
    reject: (path) => reject({ name: path, reason: 'file-unreadable' }),
    tellNothing,
  })

  const openFilePicker = () => {
    prepare()
    input.openFilePicker()
  }

  return {
    uppy: instance.uppy,
    ...list,
    ...actions,
    actions,
    uploads,
    isDraggingOver,
    disabled,
    validationMessage,
    openFilePicker,
    ...propGetters({ handlers, isDraggingOver, disabled, input, trigger, prepare, openFilePicker }),
  }
}

interface ElementsState {
  readonly handlers: ComponentPropsWithRef<'div'>
  readonly isDraggingOver: boolean
  readonly disabled: boolean
  readonly input: FileInput
  readonly trigger: RefObject<HTMLButtonElement | null>
  /** Loads what uploads a file, since one may come soon. */
  readonly prepare: () => void
  readonly openFilePicker: () => void
}

function propGetters(elements: ElementsState): PropGetters {
  const { handlers, isDraggingOver, disabled, input, trigger, prepare, openFilePicker } = elements
  const state: DropzoneDataAttributes = {
    'data-dragging': present(isDraggingOver),
    'data-disabled': present(disabled),
  }
  const approach = { onPointerEnter: prepare, onFocus: prepare }
  const button = { ref: trigger, type: 'button', disabled, onClick: openFilePicker } as const
  return {
    getDropzoneProps: (props = {}) => mergeProps(props, { ...handlers, ...approach, ...state }),
    getInputProps: (props = {}) => mergeProps(props, input.props),
    getTriggerProps: (props = {}) => mergeProps(props, { ...button, ...approach }),
  }
}

function rejectionsOf({ reason, names }: NothingToAdd): Rejection[] {
  return names.length > 0 ? names.map((name) => ({ reason, name })) : [{ reason }]
}
