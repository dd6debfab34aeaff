'use client'

import { createPart } from '../../context/create-part.js'
import { Icon } from '../elements/Icon.js'

/** The picture of the trigger. Renders a `<span>`. */
export const TriggerIcon = createPart(['span', 'triggerIcon', 's3u-trigger-icon'], () => ({
  own: { children: <Icon name="upload" /> },
}))
