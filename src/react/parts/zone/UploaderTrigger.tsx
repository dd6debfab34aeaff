'use client'

import type { TriggerState } from '../../base/data-attributes.js'
import { createPart } from '../../context/create-part.js'
import { useCore } from '../../context/UploaderContext.js'
import { hintsOf } from './hints.js'
import { TriggerIcon } from './TriggerIcon.js'
import { TriggerText } from './TriggerText.js'

/** Opens the file dialog; absent where nothing may be changed. Renders a `<button>`, with an icon and an invitation unless it has children. */
export const UploaderTrigger = createPart<'button', TriggerState>(
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
      state: { dragging: isDraggingOver },
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
