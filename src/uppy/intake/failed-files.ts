import type { UploadRecord } from '../../upload/store/upload-record.js'
import type { ReadableUploadStore } from '../../upload/store/upload-store.js'
import type { AddableFile } from './addable-file.js'

/** The failed files of a list, found again when their file is chosen once more. */
export class FailedFiles {
  readonly #byPath = new Map<string, UploadRecord[]>()

  constructor(uploads: ReadableUploadStore) {
    if (uploads.summary.counts.failed === 0) return
    for (const id of uploads.ids) {
      const record = uploads.get(id)
      if (record?.status === 'failed') this.#note(record)
    }
  }

  /** Takes the first failed file that this one is, and returns its id. */
  take(addable: AddableFile): string | undefined {
    const { file, relativePath } = addable
    const path = pathOf(file.name || 'noname', relativePath)
    const candidates = this.#byPath.get(path)
    const index = candidates?.findIndex((record) => isChosenAgain(record, file)) ?? -1
    return index < 0 ? undefined : candidates?.splice(index, 1)[0]?.id
  }

  #note(record: UploadRecord): void {
    const path = pathOf((record.chosen ?? record).name, record.relativePath)
    const others = this.#byPath.get(path)
    if (others) others.push(record)
    else this.#byPath.set(path, [record])
  }
}

/** A file that was changed has another size and date, and its row asks for it; else both tell files of one name apart. */
function isChosenAgain(record: UploadRecord, file: File): boolean {
  if (record.status !== 'failed') return false
  const { code } = record.error
  if (code === 'file-unreadable' || code === 'file-missing') return true
  const { source, size } = record.chosen ?? record
  const isSameDate = !(source instanceof File) || source.lastModified === file.lastModified
  return size === file.size && isSameDate
}

function pathOf(name: string, relativePath = ''): string {
  return `${relativePath}\n${name}`
}
