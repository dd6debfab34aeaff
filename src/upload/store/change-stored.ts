import { isSameStoredFile, type StoredFile } from './stored-file.js'
import { storedFileOf } from './stored-file-of.js'
import type { UploadStore } from './upload-store.js'

/**
 * Makes these the files in the bucket, and returns the ids of the rows that are to go.
 *
 * A key that is new gets a row; a row goes when its key is missing, and was `known`. Files under way stay.
 */
export function changeStored(
  store: UploadStore,
  files: readonly StoredFile[],
  known: ReadonlySet<string> | undefined,
): readonly string[] {
  const wanted = new Map(files.map((file) => [file.key, file]))
  const present = new Set(store.value.map(({ key }) => key))
  const gone = store.ids.filter((id) => {
    const record = store.get(id)
    const file = storedFileOf(record)
    if (!record || !file) return false
    const next = wanted.get(file.key)
    if (record.status === 'stored' && next && !isSameStoredFile(file, next)) {
      const { name, type = '', size = 0 } = next
      store.setFacts(id, { name, type, size })
      store.setState(id, { status: 'stored', stored: next })
    }
    return !next && (known?.has(file.key) ?? true)
  })
  store.addStored([...wanted.values()].filter(({ key }) => !present.has(key)))
  return gone
}
