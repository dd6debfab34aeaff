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
  function useTrigger(_, root) {
    const { id, label, triggerRef, readOnly } = root
    const { isDraggingOver, validationMessage, getTriggerProps } = useCore()
    // A label takes the place of the text in the name of the button: then the text describes it.
    const descriptions = [
      label !== undefined && `${id}-text`,
      hintsOf(root).length > 0 && `${id}-hint`,
      validationMessage && `${id}-problem`,
    ]
    return {
      isAbsent: readOnly,
      state: { dragging: isDraggingOver },
      own: {
        ...getTriggerProps(triggerRef ? { ref: triggerRef } : {}),
        id: `${id}-trigger`,
        'aria-describedby': descriptions.filter(Boolean).join(' ') || undefined,
        children: (
          <>
            <TriggerIcon />
            <TriggerText />
          </>
        ),
      },
    }
  },
)
