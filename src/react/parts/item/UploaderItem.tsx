'use client'

import { forwardRef, useMemo } from 'react'
import type { ItemState } from '../../base/data-attributes.js'
import type { PartProps } from '../../base/part-props.js'
import { createItemPart } from '../../context/create-part.js'
import { ItemProvider } from '../../context/ItemContext.js'
import { viewItem } from '../../context/item-view.js'
import { useRoot } from '../../context/UploaderContext.js'
import { useClassNames } from '../../context/usePart.js'
import { useUploadRecord } from '../../hooks/useUploadRecord.js'
import { UploaderAction } from '../action/UploaderAction.js'
import { UploaderProgress } from '../action/UploaderProgress.js'
import { UploaderItemFacts } from './UploaderItemFacts.js'
import { UploaderItemProblem } from './UploaderItemProblem.js'
import { UploaderName } from './UploaderName.js'
import { UploaderPicture } from './UploaderPicture.js'

/** Props of `Uploader.Item`. */
interface ItemProps extends Omit<PartProps<'li', ItemState>, 'id'> {
  /** Id of the file, as `Uploader.List` and `useUploader().ids` tell it; not that of the element. */
  readonly id: string
}

/** One file, with all that is known of it and its buttons unless it has children. Renders an `<li>`. */
export const UploaderItem = forwardRef<HTMLLIElement, ItemProps>(function UploaderItem(
  { id, ...given },
  ref,
) {
  const root = useRoot('<Uploader.Item>')
  const file = useUploadRecord(root, id)
  const view = useMemo(() => file && viewItem(file, root), [file, root])
  return (
    view && (
      <ItemProvider value={view}>
        <ItemElement {...given} ref={ref} />
      </ItemProvider>
    )
  )
})

const ItemElement = createItemPart<'li', ItemState>(
  ['li', 'item', 's3u-item'],
  ({ state, text }) => {
    const { share } = state
    const style = { '--s3u-share': share }
    return { state, own: { 'aria-label': text.label, style, children: <UsualItem /> } }
  },
)

function UsualItem() {
  const classOf = useClassNames()
  return (
    <>
      <UploaderPicture />
      <div className={classOf('s3u-item-text')}>
        <UploaderName />
        <UploaderItemFacts />
        <UploaderProgress />
      </div>
      <UploaderItemProblem />
      <div className={classOf('s3u-item-actions')}>
        <UploaderAction action="pause" />
        <UploaderAction action="download" />
        <UploaderAction action="remove" />
      </div>
    </>
  )
}
