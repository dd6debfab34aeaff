'use client'

import type { UploadStatus } from '../../../upload/store/upload-record.js'
import type { FileKind, PictureState } from '../../base/data-attributes.js'
import { createItemPart } from '../../context/create-part.js'
import { Icon } from '../elements/Icon.js'
import { AlertIcon, CheckIcon, iconsOfKinds, PageIcon } from '../elements/icons.js'

/** What the file is, or whether it is uploaded or failed. Renders a `<span>` that is hidden from screen readers. */
export const UploaderPicture = createItemPart<'span', PictureState>(
  ['span', 'picture', 's3u-item-icon'],
  ({ state: { status, kind } }) => ({
    state: { kind },
    own: { 'aria-hidden': true, children: iconFor(status, kind) },
  }),
)

function iconFor(status: UploadStatus, kind: FileKind) {
  if (status === 'complete') return <Icon name="check" usual={CheckIcon} />
  if (status === 'failed') return <Icon name="error" usual={AlertIcon} />
  return <Icon name={kind} usual={iconsOfKinds[kind] ?? PageIcon} />
}
