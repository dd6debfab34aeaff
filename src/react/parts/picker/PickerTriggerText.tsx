'use client'

import { createPart } from '../../context/create-part.js'
import { Icon } from '../elements/Icon.js'

/** What a button says that opens the file dialog, unless the app says it in another way. Renders a `<span>`. */
export const PickerTriggerText = createPart(
  ['span', 'triggerText', 's3u-trigger-text'],
  ({ children }, { ids, translate, restrictions }) => {
    const isForOne = restrictions.maxNumberOfFiles === 1
    const text = children ?? translate(isForOne ? 'chooseFile' : 'chooseFiles')
    return { own: { id: `${ids.base}-text`, children: text } }
  },
)

/** The picture of such a button. */
export function PickerTriggerIcon() {
  return <Icon name="add" />
}
