'use client'

import { memo } from 'react'
import { useRoot } from '../../context/UploaderContext.js'
import { useOfRecord } from '../../hooks/useUploadRecord.js'
import { useUploads } from '../../hooks/useUploads.js'

/** The form fields with the receipts of complete files. Renders an `<input type="hidden">` for each. */
export function Receipts() {
  const { uploads, name } = useRoot()
  const ids = useUploads(uploads, (store) => store.ids)
  return name ? ids.map((id) => <Receipt key={id} id={id} />) : null
}

/** Renders when the file is complete, and not with its progress. */
const Receipt = memo(function Receipt({ id }: { readonly id: string }) {
  const root = useRoot()
  const receipt = useOfRecord(root, id, (file) =>
    file?.status === 'complete' ? file.object.receipt : undefined,
  )
  return receipt && <input type="hidden" name={root.name} value={receipt} />
})
