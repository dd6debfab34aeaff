'use client'

import { memo } from 'react'
import { UploadListItem } from '../item/UploadListItem.js'
import { useUploader } from '../root/UploaderContext.js'

/** All files in the order they were added; renders again only when one comes or goes. Renders a `<ul>`. */
export const UploadList = memo(function UploadList({ ids }: { readonly ids: readonly string[] }) {
  const { translate } = useUploader()
  return (
    // Safari takes a list without bullets for no list; the role says it is one.
    // biome-ignore lint/a11y/noRedundantRoles: see above
    <ul className="s3u-list" role="list" aria-label={translate('fileList')}>
      {ids.map((id) => (
        <UploadListItem key={id} id={id} />
      ))}
    </ul>
  )
})
