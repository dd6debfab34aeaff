'use client'

import type { DropzoneState } from '../../base/data-attributes.js'
import { createPart } from '../../context/create-part.js'
import { useCore } from '../../context/UploaderContext.js'

/** Frames where files are to be dropped; the whole root takes them. Renders a `<div>`. */
export const UploaderDropzone = createPart<'div', DropzoneState>(
  ['div', 'dropzone', 's3u-zone'],
  function useDropzone(_, { readOnly }) {
    const { isDraggingOver, disabled } = useCore()
    return { state: { dragging: isDraggingOver, disabled }, isAbsent: readOnly }
  },
)
