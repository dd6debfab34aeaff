'use client'

import type { LabelState } from '../../base/data-attributes.js'
import { createPart } from '../../context/create-part.js'

/** What the uploader is for, as its root is told; it names the trigger. Renders a `<label>`. */
export const UploaderLabel = createPart<'label', LabelState>(
  ['label', 'label', 's3u-label'],
  ({ children }, { id, label, required }) => ({
    state: { required },
    own: { htmlFor: `${id}-trigger`, children: label },
    isAbsent: label === undefined && children === undefined,
  }),
)
