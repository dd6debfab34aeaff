'use client'

import { createContext, type Ref, useContext } from 'react'
import type { ReadableUploadStore } from '../../upload/store/upload-store.js'
import type { FieldIds } from '../hooks/form/field-ids.js'
import type { UploadActions } from '../hooks/useUploadActions.js'
import type { UploaderCore } from '../hooks/useUploaderCore.js'
import type { UploaderAppearance } from '../options/s3-uploader-options.js'
import type { UppyRestrictions } from '../options/uppy-options.js'
import type { SpokenText } from './live-region.js'
import type { UploaderTexts } from './uploader-texts.js'

/** What names an uploader, beside its own label. */
interface FieldNames {
  readonly 'aria-label': string | undefined
  readonly 'aria-labelledby': string | undefined
  /** The text of the labels on the page. */
  readonly labelText: string | undefined
}

/** What the parts of an uploader share; nothing in it changes with progress. */
export interface UploaderContextValue
  extends UploaderTexts,
    Pick<
      UploaderAppearance,
      'classNames' | 'error' | 'icons' | 'label' | 'showVerified' | 'unstyled'
    > {
  readonly uploads: ReadableUploadStore
  readonly actions: UploadActions
  readonly liveRegion: SpokenText
  /** How many `Uploader.Notices` there are to say once what holds for several files. */
  readonly notices: { shown: number }
  readonly disabled: boolean
  readonly readOnly: boolean
  readonly required: boolean
  readonly restrictions: UppyRestrictions
  /** Whether a button starts what has not been started. */
  readonly canStart: boolean
  /** The form field under which receipts are sent. */
  readonly name: string | undefined
  /** Whether the app reads the files as the value of a field. */
  readonly isField: boolean
  /** Gets the button that opens the file dialog, too. */
  readonly triggerRef: Ref<HTMLButtonElement> | undefined
  readonly ids: FieldIds
  /** What names the trigger and the group, beside `label`. */
  readonly names: FieldNames
  /** Ids of elements of the app that describe the trigger. */
  readonly describedBy: string | undefined
}

const UploaderContext = createContext<UploaderContextValue | undefined>(undefined)
const CoreContext = createContext<UploaderCore | undefined>(undefined)

/** Gives the parts inside it what does not change while files come and go. */
export const UploaderProvider = UploaderContext.Provider

/** Gives the few parts that need it what changes with a drag, or when a form is refused. */
export const CoreProvider = CoreContext.Provider

/** The uploader around a part or hook, if there is one. */
export function useUploaderAround(): UploaderContextValue | undefined {
  return useContext(UploaderContext)
}

/** The uploader around a part or hook, which is named where there is none. */
export function useRoot(user = 'A part'): UploaderContextValue {
  return within(useContext(UploaderContext), user, 'Root')
}

/** Behaviour of the uploader around a part. */
export function useCore(): UploaderCore {
  return within(useContext(CoreContext), 'A part', 'Root')
}

/** The value of the parent, or an error that names it. */
export function within<Value>(value: Value | undefined, user: string, parent: string): Value {
  if (value !== undefined) return value
  throw new Error(`s3-direct-upload: ${user} must be placed within <Uploader.${parent}>.`)
}
