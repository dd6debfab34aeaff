'use client'

import { useRoot } from '../../context/UploaderContext.js'
import { useUploads } from '../../hooks/useUploads.js'

/** What a form sends of the files: receipts of those uploaded here, keys of those stored before. Renders an `<input type="hidden">` for each. */
export function FormFields() {
  const { uploads, name } = useRoot()
  const files = useUploads(uploads, ({ value }) => value)
  if (!name) return null
  const nameOfKeys = storedName(name)
  return files.map(({ key, receipt }) =>
    receipt === undefined ? (
      <input key={key} type="hidden" name={nameOfKeys} value={key} />
    ) : (
      <input key={key} type="hidden" name={name} value={receipt} />
    ),
  )
}

/** `photos` becomes `photos_stored`, and `photos[]` becomes `photos_stored[]`. */
function storedName(name: string): string {
  return name.replace(/(\[\])?$/, '_stored$1')
}
