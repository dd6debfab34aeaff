'use client'

import { type ForwardedRef, useEffect, useRef } from 'react'
import type { RootState } from '../../base/data-attributes.js'
import type { PartProps } from '../../base/part-props.js'
import { useScheme } from '../../base/useScheme.js'
import { useCore, useRoot } from '../../context/UploaderContext.js'
import { usePart } from '../../context/usePart.js'
import { useKeptFocus } from '../../hooks/focus/useKeptFocus.js'
import { isAllComplete } from '../../hooks/total-progress.js'
import { useUploads } from '../../hooks/useUploads.js'
import { ExtraInputs } from './ExtraInputs.js'
import { FormFields } from './FormFields.js'
import { LiveRegion } from './LiveRegion.js'
import { PageFrame } from './PageFrame.js'

/** What the app gives the element around an uploader. */
export interface RootElementProps extends Pick<RootState, 'theme' | 'density'> {
  readonly given: PartProps<'div', RootState>
  readonly elementRef: ForwardedRef<HTMLDivElement>
}

/** The element around an uploader, and in it what is not seen. */
export function RootElement({ theme, density, given, elementRef }: RootElementProps) {
  const { uploads, label, names, describedBy, error, disabled, readOnly, liveRegion } = useRoot()
  const core = useCore()
  const { isDraggingOver, isPageTarget, validationMessage, getInputProps } = core
  const root = useRef<HTMLDivElement>(null)
  const isEmpty = useUploads(uploads, ({ ids }) => ids.length === 0)
  const hasRows = useUploads(
    uploads,
    ({ ids, rejected, interrupted }) => ids.length + rejected.length + interrupted.length > 0,
  )
  useKeptFocus(root, hasRows)
  const state: RootState = {
    theme,
    scheme: useScheme(root, theme),
    density,
    empty: isEmpty,
    dragging: isDraggingOver,
    disabled,
    readonly: readOnly,
    invalid: Boolean(validationMessage ?? error),
    offline: useUploads(uploads, ({ summary }) => summary.offline > 0),
    complete: useUploads(uploads, ({ summary }) => isAllComplete(summary)),
  }
  // What the browser says leads to the trigger, which is described by it.
  useEffect(() => {
    if (error) liveRegion.say([error])
  }, [error, liveRegion])
  const { children, onBlur, ...props } = given
  const own = {
    ...core.getRootProps({ onBlur }),
    'aria-labelledby': undefined,
    'aria-label': label ?? names.labelText,
    'aria-describedby': readOnly ? describedBy : undefined,
    ...core.getDropzoneProps(),
    ref: root,
    children: (
      <>
        <input {...getInputProps()} />
        <ExtraInputs />
        {children}
        {isPageTarget && <PageFrame />}
        <FormFields />
        <LiveRegion />
      </>
    ),
  }
  return usePart('div', {
    name: 'root',
    className: 's3u',
    state,
    given: props,
    ref: elementRef,
    own,
  })
}
