'use client'

import type { LabelState } from '../../base/data-attributes.js'
import { createPart } from '../../context/create-part.js'
import { useCore } from '../../context/UploaderContext.js'

/** What the uploader is for, as its root is told; it names the trigger. Renders a `<label>`. */
export const UploaderLabel = createPart<'label', LabelState>(
  ['label', 'label', 's3u-label'],
  function useLabel({ children }, { label, required }) {
    const { getLabelProps } = useCore()
    return {
      state: { required },
      own: { ...getLabelProps(), children: label },
      isAbsent: label === undefined && children === undefined,
    }
  },
)
