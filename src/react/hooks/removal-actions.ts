import { isActive } from '../../upload/store/upload-record.js'
import type { UploadPlugin } from '../options/find-plugin.js'
import type { UploaderCallbacks } from '../options/s3-uploader-options.js'
import { letGoOfStored } from './value/stored-actions.js'

/** What takes files from the list, and brings them back. */
export interface RemovalActions {
  /**
   * Takes a file from the list; its upload stands still, and is cancelled some seconds later. Of a stored file nothing is deleted,
   * but by the app's `onFileRemove`.
   */
  remove(id: string): void
  /** Takes from the list what is under way or paused. */
  cancelAll(): void
  /** Takes all files from the list. */
  removeAll(): void
  /** Empties the list of rows that are not needed any more: the server hears nothing of complete files. */
  clear(): void
  /** Brings back what was taken from the list last, while it is in `removed`. */
  undo(): void
  /** Empties `removed`: what was taken from the list last stays so. */
  dismissRemoved(): void
}

/** The actions that remove files. */
export function removalActions(
  plugin: UploadPlugin | undefined,
  onFileRemove: NonNullable<UploaderCallbacks['onFileRemove']>,
): RemovalActions {
  /** Whether the file can leave at once. */
  const letGo = (id: string) => {
    const file = plugin?.uploads.get(id)
    if (!plugin || !file) return false
    return file.status !== 'stored' || letGoOfStored(plugin, file, onFileRemove)
  }
  return {
    remove: (id) => letGo(id) && plugin?.remove(id),
    cancelAll() {
      const ids = plugin?.uploads.ids.filter((id) => {
        const file = plugin.uploads.get(id)
        return file && (isActive(file) || file.status === 'paused')
      })
      plugin?.remove(ids ?? [])
    },
    removeAll() {
      const ids = plugin?.uploads.ids ?? []
      const leaving = ids.filter(letGo)
      if (leaving.length === ids.length) plugin?.removeAll()
      else plugin?.remove(leaving)
    },
    clear: () => plugin?.removeAll({ keepsComplete: true }),
    undo: () => plugin?.undo(),
    dismissRemoved: () => plugin?.dismissRemoved(),
  }
}
