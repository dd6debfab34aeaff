'use client'

import {
  type ChangeEvent,
  type ComponentPropsWithRef,
  type FormEvent,
  useRef,
  useState,
} from 'react'
import type { AddableFile } from '../../../uppy/intake/addable-file.js'
import type { ExtraSource, TriggerSource } from '../../base/trigger-sources.js'
import { useBeforePaint } from '../../base/useBeforePaint.js'
import { visuallyHidden } from '../../base/visually-hidden.js'
import { useFieldsetDisabled } from '../form/useFieldsetDisabled.js'
import { useFormReset } from '../form/useFormReset.js'
import { useFormSubmit } from '../form/useFormSubmit.js'
import type { NothingToAdd } from './dropped-files.js'
import { isSystemPath } from './system-files.js'

/** What a file input is made of. */
interface FileInputOptions {
  readonly accept: string | undefined
  readonly multiple: boolean
  readonly directory: boolean
  readonly disabled: boolean
  /** Whether a form needs this input to be filled. */
  readonly isMissing: boolean
  /** Why a form cannot be sent; empty when it can. */
  readonly obstacle: string
  addFiles(files: readonly AddableFile[]): void
  /** Told of a chosen folder that gave no file. */
  tellNothing(nothing: NothingToAdd): void
  /** The form is reset: the input is to be as it was at first. */
  onReset(): void
  /** The form is sent. */
  onSubmit(): void
  /** Moves the focus to what the user sees of the input. */
  focusTrigger(): void
}

/** The invisible `<input type="file">` of an uploader. */
export interface FileInput {
  /** Whether a `<fieldset disabled>` disables it. */
  readonly isDisabledAround: boolean
  /** Whether it is disabled at this moment, by itself or by what is around it. */
  isDisabledNow(): boolean
  /** Whether the browser has refused to send the form because of this input. */
  readonly wasRefused: boolean
  openFilePicker(source?: TriggerSource): void
  readonly props: ComponentPropsWithRef<'input'>
  /** Props of the input of another source. */
  propsOf(source: ExtraSource): ComponentPropsWithRef<'input'>
}

/** An invisible file input that takes files and stands in for the uploader in a form's validation. */
export function useFileInput(options: FileInputOptions): FileInput {
  const { accept, multiple, directory, disabled, isMissing, obstacle } = options
  const { onReset, onSubmit, focusTrigger } = options
  const ref = useRef<HTMLInputElement>(null)
  const extra = useRef<{ [Source in ExtraSource]?: HTMLInputElement | null }>({})
  const [wasRefused, setWasRefused] = useState(false)

  // A user who sees that all is uploaded can send the form at once.
  useBeforePaint(() => ref.current?.setCustomValidity(obstacle), [obstacle])
  useFormReset(ref, () => {
    setWasRefused(false)
    onReset()
  })

  const isDisabledAround = useFieldsetDisabled(ref)
  useFormSubmit(ref, onSubmit)

  const handleChange = (event: ChangeEvent<HTMLInputElement>) => takeChoice(event.target, options)
  const handleInvalid = (event: FormEvent<HTMLInputElement>) => {
    // The browser's own bubble would point at an invisible element.
    event.preventDefault()
    setWasRefused(true)
    if (isFirstInvalid(event.currentTarget)) focusTrigger()
  }

  return {
    isDisabledAround,
    isDisabledNow: () => ref.current?.matches(':disabled') ?? disabled,
    wasRefused: wasRefused && obstacle !== '',
    openFilePicker(source = 'files') {
      const input = source === 'files' ? ref.current : extra.current[source]
      input?.click()
    },
    propsOf: (source) => ({
      ...sourceProps[source],
      ref: (element) => {
        extra.current[source] = element
      },
      accept,
      disabled,
      onChange: handleChange,
    }),
    props: {
      ref,
      type: 'file',
      accept,
      multiple,
      ...(directory && { webkitdirectory: '' }),
      disabled,
      required: isMissing,
      // Not hidden altogether: what looks for the first field at fault can focus it.
      style: visuallyHidden,
      tabIndex: -1,
      'aria-hidden': true,
      onFocus: focusTrigger,
      onChange: handleChange,
      onInvalid: handleInvalid,
    },
  }
}

/** Inputs that no form and no user ever reaches by themselves. */
const hidden = { type: 'file', style: { display: 'none' } } as const

const sourceProps = {
  folder: { ...hidden, webkitdirectory: '' },
  camera: { ...hidden, capture: 'environment' },
} as const

function takeChoice(
  input: HTMLInputElement,
  { addFiles, tellNothing }: Pick<FileInputOptions, 'addFiles' | 'tellNothing'>,
): void {
  const chosen = [...(input.files ?? [])]
  // Emptied, so that the same file can be chosen again and no form sends the bytes.
  input.value = ''
  const files = chosen
    .map((file) => ({ file, relativePath: file.webkitRelativePath || undefined }))
    .filter(({ relativePath = '' }) => !isSystemPath(relativePath))
  if (files.length > 0) addFiles(files)
  else if (chosen.length > 0) {
    const folders = chosen.flatMap((file) => file.webkitRelativePath.split('/', 1))
    tellNothing({ reason: 'nothing-to-upload', names: [...new Set(folders)] })
  }
}

function isFirstInvalid(input: HTMLInputElement): boolean {
  const fields = [...(input.form?.elements ?? [])]
  return (
    fields.find((field) => field.matches('input:invalid, select:invalid, textarea:invalid')) ===
    input
  )
}
