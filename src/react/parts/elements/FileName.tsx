'use client'

import { useClassNames } from '../../context/usePart.js'

interface FileNameProps {
  readonly file: { readonly name: string; readonly relativePath?: string | undefined }
}

/** A file's name after the folders it came in. Renders a `<bdi>`, because a name may be written in another direction than the page. */
export function FileName({ file: { name, relativePath } }: FileNameProps) {
  const classOf = useClassNames()
  const folder = relativePath?.slice(0, relativePath.lastIndexOf('/') + 1)
  return (
    <bdi>
      {folder && <span className={classOf('s3u-item-folder')}>{folder}</span>}
      {name}
    </bdi>
  )
}
