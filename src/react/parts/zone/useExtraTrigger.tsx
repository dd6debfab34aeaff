'use client'

import type { ExtraSource } from '../../base/trigger-sources.js'
import { useCore, useRoot } from '../../context/UploaderContext.js'

const texts = { folder: 'chooseFolder', camera: 'takePhoto' } as const

/** The trigger of another source, which is absent where files cannot come from there. */
export function useExtraTrigger(source: ExtraSource) {
  const { readOnly, translate } = useRoot()
  const { isDraggingOver, extraSources, getTriggerProps } = useCore()
  return {
    isAbsent: readOnly || !extraSources.includes(source),
    className: 's3u-button s3u-source',
    state: { dragging: isDraggingOver, source },
    own: { ...getTriggerProps({}, source), children: translate(texts[source]) },
  }
}
