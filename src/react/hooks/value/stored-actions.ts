import type { Runtime } from '../../../async/runtime.js'
import { followPublicUrl, toDisk } from '../../../upload/download/follow-url.js'
import { toUploadError } from '../../../upload/errors/upload-error.js'
import type { UploadRecord } from '../../../upload/store/upload-record.js'
import type { UploadPlugin } from '../../options/find-plugin.js'
import type { UploaderCallbacks } from '../../options/s3-uploader-options.js'
import { signedUrlOf } from './signed-url.js'

/** The record of a file that was stored before. */
type StoredRecord = Extract<UploadRecord, { status: 'stored' }>

/**
 * Tells the app that a stored file is removed, and says whether it can leave at once. One that the app deletes meanwhile leaves for
 * good when it has, and stays if that fails.
 */
export function letGoOfStored(
  plugin: UploadPlugin,
  file: StoredRecord,
  onFileRemove: NonNullable<UploaderCallbacks['onFileRemove']>,
): boolean {
  const { id } = file
  if (file.isRemoving) return false
  const fail = (error: unknown) => plugin.stored.note(id, { problem: toUploadError(error) })
  try {
    const deletion = onFileRemove(file)
    if (!isPromise(deletion)) return true
    plugin.stored.note(id, { isRemoving: true })
    deletion.then(() => plugin.stored.remove(id), fail)
  } catch (error) {
    fail(error)
  }
  return false
}

/** Downloads a stored file: by its own URL, else by one that the endpoint signs. */
export async function downloadStored(
  plugin: UploadPlugin,
  { id, stored }: StoredRecord,
  runtime: Runtime,
): Promise<void> {
  const { key, name, href } = stored
  if (href !== undefined) {
    followPublicUrl(href, name)
    return
  }
  plugin.stored.note(id, {})
  try {
    const target = toDisk()
    target.follow(await signedUrlOf({ key, name }, { runtime, connection: () => plugin.opts }))
  } catch (error) {
    const { code, message } = toUploadError(error)
    plugin.stored.note(id, { problem: { code: `download-${code}`, message } })
  }
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value
}
