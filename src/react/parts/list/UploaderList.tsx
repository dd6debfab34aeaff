'use client'

import { memo, type ReactNode } from 'react'
import type { UploadRecord } from '../../../upload/store/upload-record.js'
import type { ListState } from '../../base/data-attributes.js'
import type { PartProps } from '../../base/part-props.js'
import { createPart } from '../../context/create-part.js'
import { useRoot } from '../../context/UploaderContext.js'
import { useUploadRecord } from '../../hooks/useUploadRecord.js'
import { useUploads } from '../../hooks/useUploads.js'
import { UploaderItem } from '../item/UploaderItem.js'

/** Makes the row of a file; called again when that file changes. */
export type RenderItem = (file: UploadRecord) => ReactNode

/** Props of `Uploader.List`. */
interface ListProps extends Omit<PartProps<'ul', ListState>, 'children'> {
  /** How files are laid out: in rows, or side by side on short lines. @default 'list' */
  readonly view?: ListState['view'] | undefined
  /** Makes a row. @default an `Uploader.Item` */
  readonly children?: RenderItem | undefined
}

/** All files in the order they were added; there with the first. Renders a `<ul>`. */
export const UploaderList = memo(
  createPart<'ul', ListState, ListProps>(
    ['ul', 'list', 's3u-list'],
    function useList({ view = 'list', children: renderItem, ...given }, { uploads, translate }) {
      const ids = useUploads(uploads, (store) => store.ids)
      const children = ids.map((id) =>
        renderItem ? (
          <OwnRow key={id} id={id} renderItem={renderItem} />
        ) : (
          <UsualRow key={id} id={id} />
        ),
      )
      // Safari takes a list without bullets for no list; the role says it is one.
      const own = { role: 'list', 'aria-label': translate('fileList'), children }
      return { state: { view }, given, own, isAbsent: ids.length === 0 }
    },
  ),
)

const UsualRow = memo(UploaderItem)

function OwnRow({ id, renderItem }: { readonly id: string; readonly renderItem: RenderItem }) {
  const file = useUploadRecord(useRoot(), id)
  return file ? renderItem(file) : null
}
