'use client'

import { forwardRef } from 'react'
import type { TriggerState } from '../../base/data-attributes.js'
import type { PartProps } from '../../base/part-props.js'
import type { ExtraSource, TriggerSource } from '../../base/trigger-sources.js'
import { createPart } from '../../context/create-part.js'
import { useCore } from '../../context/UploaderContext.js'
import { hintsOf } from './hints.js'
import { TriggerIcon } from './TriggerIcon.js'
import { TriggerText } from './TriggerText.js'
import { useExtraTrigger } from './useExtraTrigger.js'

/** Props of `Uploader.Trigger`. */
interface TriggerProps extends PartProps<'button', TriggerState> {
  /**
   * What it opens: `files` is the usual dialog; `folder` needs `directory="both"` on the root, and `camera` is there as the root's
   * `camera` says.
   *
   * @default 'files'
   */
  readonly source?: TriggerSource | undefined
}

/** Opens the file dialog; absent where nothing may be changed. Renders a `<button>`, with an icon and an invitation unless it has children. */
export const UploaderTrigger = forwardRef<HTMLButtonElement, TriggerProps>(function UploaderTrigger(
  { source = 'files', ...given },
  ref,
) {
  if (source === 'files') return <FilesTrigger {...given} ref={ref} />
  return <ExtraTrigger {...given} source={source} ref={ref} />
})

const ExtraTrigger = createPart<'button', TriggerState, ExtraTriggerProps>(
  ['button', 'trigger', 's3u-source'],
  function useTrigger({ source, ...given }) {
    return { ...useExtraTrigger(source), given }
  },
)

interface ExtraTriggerProps extends PartProps<'button', TriggerState> {
  readonly source: ExtraSource
}

const FilesTrigger = createPart<'button', TriggerState>(
  ['button', 'trigger', 's3u-trigger'],
  function useTrigger({ children, ...given }, root) {
    const { ids, label, names, describedBy, error, triggerRef, readOnly } = root
    const { labelText, ...named } = names
    const { isDraggingOver, validationMessage, getTriggerProps } = useCore()
    const isInvalid = Boolean(validationMessage ?? error)
    // A label takes the place of the text in the name of the button: then the text describes it.
    const isLabelled = label ?? labelText ?? named['aria-label'] ?? named['aria-labelledby']
    const descriptions = [
      isLabelled !== undefined && `${ids.base}-text`,
      hintsOf(root).length > 0 && `${ids.base}-hint`,
      isInvalid && `${ids.base}-problem`,
      describedBy,
    ]
    const usual = (
      <>
        <TriggerIcon />
        <TriggerText />
      </>
    )
    return {
      isAbsent: readOnly,
      state: { dragging: isDraggingOver, source: 'files' },
      given,
      own: {
        ...getTriggerProps(triggerRef ? { ref: triggerRef } : {}),
        ...named,
        'aria-describedby': descriptions.filter(Boolean).join(' ') || undefined,
        'aria-invalid': isInvalid || undefined,
        children:
          typeof children === 'string' ? (
            <span id={`${ids.base}-text`}>{children}</span>
          ) : (
            (children ?? usual)
          ),
      },
    }
  },
)
