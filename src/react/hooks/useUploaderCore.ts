'use client'

import { type ComponentPropsWithRef, type RefObject, useMemo, useRef } from 'react'
import { systemRuntime } from '../../async/runtime.js'
import { parseAcceptEntry } from '../../protocol/accepted-types.js'
import type { Rejection } from '../../upload/store/rejected-files.js'
import type { StoredFile } from '../../upload/store/stored-file.js'
import { type ReadableUploadStore, UploadStore } from '../../upload/store/upload-store.js'
import { type DropzoneState, dataAttributes } from '../base/data-attributes.js'
import { mergeProps } from '../base/merge-props.js'
import type { ExtraSource, TriggerSource } from '../base/trigger-sources.js'
import { useUppyInstance } from '../instance/useUppyInstance.js'
import type { AnyUppy, S3UploaderOptions } from '../options/s3-uploader-options.js'
import { isSingle, localeOf, restrictionsOf } from '../options/uppy-options.js'
import { behaviourMessages, type Translate, type UploaderLocale } from '../text/messages.js'
import { createTranslate } from '../text/translate.js'
import type { NothingToAdd } from './choosing/dropped-files.js'
import { type DropState, useDropTarget } from './choosing/useDropTarget.js'
import { useExtraSources } from './choosing/useExtraSources.js'
import type { FileInput } from './choosing/useFileInput.js'
import type { FieldIds } from './form/field-ids.js'
import { whenLeft } from './form/when-left.js'
import { rejectFile } from './reject-file.js'
import { type UploadActions, useUploadActions } from './useUploadActions.js'
import { useUploaderInput } from './useUploaderInput.js'
import { useUploadWatch } from './useUploadWatch.js'
import { useFieldValue } from './value/useFieldValue.js'

/** What of an uploader stays the same while files make progress. */
export interface UploaderCore extends UploadActions, DropState {
  /** The Uppy instance behind it. */
  readonly uppy: AnyUppy
  /** All actions in one object, which stays the same as long as the Uppy instance does. */
  readonly actions: UploadActions
  /** The records of all files; subscribe to one with `useUploadRecord`. */
  readonly uploads: ReadableUploadStore
  /** The texts of the option `locale`, or those of the app's instance. */
  readonly locale: UploaderLocale | undefined
  /** Whether files are being dragged over the drop zone, and can be let go. */
  readonly isDraggingOver: boolean
  /** The `disabled` option: no files can be added. */
  readonly disabled: boolean
  /** The `readOnly` option: files are shown and can be downloaded, nothing else. */
  readonly readOnly: boolean
  /** Why the browser refused to send the form, if it did and nothing has changed since. */
  readonly validationMessage: string | undefined
  /**
   * Makes these the files in the bucket; `[]` empties the uploader, but for uploads under way. Nothing is deleted.
   * `onValueChange` hears of it with the reason `reset`, and an app that holds the value takes it from there.
   */
  setValue(files: readonly StoredFile[]): void
  /** Opens the browser's file dialog; only from an event of the user. */
  openFilePicker(source?: TriggerSource): void
  /** Where else than from the usual dialog files can come: each needs an input and a button of its own. */
  readonly extraSources: readonly ExtraSource[]
  /** Props of the element around all: a group, named by that of `getLabelProps`; its `onBlur` is called when the focus leaves it. */
  getRootProps(props?: ComponentPropsWithRef<'div'>): ComponentPropsWithRef<'div'>
  /** Props of the `<label>` of the button. */
  getLabelProps(props?: ComponentPropsWithRef<'label'>): ComponentPropsWithRef<'label'>
  /** Props of the element on which files can be dropped. */
  getDropzoneProps(props?: ComponentPropsWithRef<'div'>): ComponentPropsWithRef<'div'>
  /** Props of an `<input>`, which must be rendered and stays invisible. */
  getInputProps(
    props?: ComponentPropsWithRef<'input'>,
    source?: TriggerSource,
  ): ComponentPropsWithRef<'input'>
  /** Props of the `<button>` that opens the file dialog. */
  getTriggerProps(
    props?: ComponentPropsWithRef<'button'>,
    source?: TriggerSource,
  ): ComponentPropsWithRef<'button'>
}

type PropGetters = Pick<
  UploaderCore,
  'getRootProps' | 'getLabelProps' | 'getDropzoneProps' | 'getInputProps' | 'getTriggerProps'
>

/** The store of an uploader and its texts, which whatever is shown of files is read from. */
interface UploaderSource {
  readonly instance: ReturnType<typeof useUppyInstance>
  readonly uploads: ReadableUploadStore
  readonly locale: UploaderLocale | undefined
  readonly translate: Translate<keyof typeof behaviourMessages>
}

const noUploads = new UploadStore(systemRuntime)

/** The store behind the options, and the texts of the behaviour. */
export function useUploaderSource(options: S3UploaderOptions): UploaderSource {
  const instance = useUppyInstance(options)
  const locale = localeOf(options)
  const translate = useMemo(() => createTranslate(locale, behaviourMessages), [locale])
  return { instance, uploads: instance.plugin?.uploads ?? noUploads, locale, translate }
}

/**
 * Behaviour and actions of an uploader; progress renders nothing again.
 *
 * Call it after what subscribes to the store in the same component, so that the app is told of what is rendered.
 */
export function useUploaderCore(
  options: S3UploaderOptions,
  { instance, uploads, locale, translate }: UploaderSource,
  ids: FieldIds,
): UploaderCore {
  const { readOnly = false, onFileRemove } = options
  const actions = useUploadActions(instance, {
    translate,
    onFileRemove,
    isSingle: isSingle(options),
  })
  const field = useFieldValue(options, { instance, uploads })
  // A file is near: what uploads it is loaded until it comes.
  const prepare = () => void instance.plugin?.prepare()

  const reject = (rejection: Rejection) => rejectFile(instance.uppy, rejection, translate)
  const tellNothing = (nothing: NothingToAdd) => rejectionsOf(nothing).forEach(reject)

  const trigger = useRef<HTMLButtonElement>(null)
  const { input, validationMessage } = useUploaderInput(options, {
    uploads,
    actions,
    field,
    translate,
    tellNothing,
    focusTrigger: () => trigger.current?.focus(),
  })
  const disabled = (options.disabled ?? false) || input.isDisabledAround
  const { handlers, ...drop } = useDropTarget({
    ...dropOptionsOf(options),
    isDisabled: input.isDisabledNow,
    onApproach: prepare,
    hasName: (name) => uploads.ids.some((id) => uploads.get(id)?.name === name),
    addFiles: actions.addFiles,
    reject: (path) => reject({ name: path, reason: 'file-unreadable' }),
    tellNothing,
  })
  const isDraggingOver = drop.dragged?.isFitting ?? false
  useUploadWatch(uploads, options)

  return {
    uppy: instance.uppy,
    ...actions,
    actions,
    uploads,
    locale,
    isDraggingOver,
    ...drop,
    extraSources: useExtraSources(options),
    disabled,
    readOnly,
    setValue: field.setValue,
    validationMessage,
    ...propGetters({ ids, handlers, isDraggingOver, disabled, input, trigger, prepare }),
  }
}

/** Where files can be dropped and pasted, and which. */
function dropOptionsOf(options: S3UploaderOptions) {
  const { dropTarget = 'self', paste = 'focus', strayDrops = 'prevent', name } = options
  const types = restrictionsOf(options).allowedFileTypes
  const accepted = types?.flatMap((type) => parseAcceptEntry(type) ?? [])
  return { dropTarget, paste, strayDrops, name, accepted, isSingle: isSingle(options) }
}

interface ElementsState {
  readonly ids: FieldIds
  readonly handlers: ComponentPropsWithRef<'div'>
  readonly isDraggingOver: boolean
  readonly disabled: boolean
  readonly input: FileInput
  readonly trigger: RefObject<HTMLButtonElement | null>
  /** Loads what uploads a file, since one may come soon. */
  readonly prepare: () => void
}

function propGetters(elements: ElementsState): PropGetters & Pick<UploaderCore, 'openFilePicker'> {
  const { ids, handlers, isDraggingOver, disabled, input, trigger, prepare } = elements
  const openFilePicker = (source?: TriggerSource) => {
    prepare()
    input.openFilePicker(source)
  }
  const state: DropzoneState = { dragging: isDraggingOver, disabled }
  const approach = { onPointerEnter: prepare, onFocus: prepare }
  const buttonOf = (source: TriggerSource) =>
    ({
      ...(source === 'files' && { id: ids.trigger, ref: trigger }),
      type: 'button',
      disabled,
      onClick: () => openFilePicker(source),
    }) as const
  return {
    openFilePicker,
    getRootProps: ({ onBlur, ...props } = {}) => ({
      role: 'group',
      'aria-labelledby': ids.label,
      ...props,
      onBlur: whenLeft(onBlur),
    }),
    getLabelProps: (props = {}) => mergeProps(props, { id: ids.label, htmlFor: ids.trigger }),
    getDropzoneProps: (props = {}) =>
      mergeProps(props, { ...handlers, ...approach, ...dataAttributes(state) }),
    getInputProps: (props = {}, source = 'files') =>
      mergeProps(props, source === 'files' ? input.props : input.propsOf(source)),
    getTriggerProps: (props = {}, source = 'files') =>
      mergeProps(props, { ...buttonOf(source), ...approach }),
  }
}

function rejectionsOf({ reason, names }: NothingToAdd): Rejection[] {
  return names.length > 0 ? names.map((name) => ({ reason, name })) : [{ reason }]
}
