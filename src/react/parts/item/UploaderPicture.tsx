'use client'

import type { UploadStatus } from '../../../upload/store/upload-record.js'
import type { PictureState } from '../../base/data-attributes.js'
import type { IconName } from '../../base/part-names.js'
import { createItemPart } from '../../context/create-part.js'
import { Icon } from '../elements/Icon.js'

/** What the file is, or whether it is uploaded or failed. Renders a `<span>` that is hidden from screen readers. */
export const UploaderPicture = createItemPart<'span', PictureState>(
  ['span', 'picture', 's3u-item-icon'],
  ({ state: { status, kind } }) => ({
    state: { kind },
    own: { 'aria-hidden': true, children: <Icon name={outcomes[status] ?? kind} /> },
  }),
)

const outcomes: { readonly [Status in UploadStatus]?: IconName } = {
  complete: 'check',
  failed: 'error',
}
