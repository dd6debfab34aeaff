import { isSameStoredFile, type StoredFile } from './stored-file.js'
import { storedFileOf } from './stored-file-of.js'
import type { UploadRecord } from './upload-record.js'
import type { UploadStore } from './upload-store.js'

/**
 * Makes these the files in the bucket, and returns the ids of the rows that are to go.
 *
 * A key that is new gets a row; a row goes when its key is missing, and was `known`. Files under way stay. An upload that comes
 * without its receipt is attached by now: it goes, and a stored file takes its place.
 */
export function changeStored(
  store: UploadStore,
  files: readonly StoredFile[],
  known: ReadonlySet<string> | undefined,
): readonly string[] {
  const wanted = new Map(files.map((file) => [file.key, file]))
  const gone: string[] = []
  for (const id of store.ids) {
    const record = store.get(id)
    const file = storedFileOf(record)
    if (!record || !file) continue
    const next = wanted.get(file.key)
    if (next ? isAttached(record, next) : (known?.has(file.key) ?? true)) gone.push(id)
    else wanted.delete(file.key)
    if (next && record.status === 'stored' && !isSameStoredFile(file, next)) update(store, id, next)
  }
  store.addStored([...wanted.values()])
  return gone
}

function isAttached(record: UploadRecord, { receipt }: StoredFile): boolean {
  return record.status === 'complete' && receipt === undefined
}

function update(store: UploadStore, id: string, stored: StoredFile): void {
  const { name, type = '', size = 0 } = stored
  store.setFacts(id, { name, type, size })
  store.setState(id, { status: 'stored', stored })
}
