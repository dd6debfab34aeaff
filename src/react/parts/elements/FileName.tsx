interface FileNameProps {
  readonly id: string
  readonly name: string
  readonly relativePath: string | undefined
}

/** A file's name after the folders it came in. Renders a `<p>`. */
export function FileName({ id, name, relativePath }: FileNameProps) {
  const folder = relativePath?.slice(0, relativePath.lastIndexOf('/') + 1)
  return (
    <p className="s3u-item-name" id={id} title={relativePath ?? name}>
      {/* Isolated, because a name may be written in another direction than the page. */}
      <bdi>
        {folder && <span className="s3u-item-folder">{folder}</span>}
        {name}
      </bdi>
    </p>
  )
}
