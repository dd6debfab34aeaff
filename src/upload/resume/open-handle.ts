import type { Runtime } from '../../async/runtime.js'
import { createDriveTimeout } from '../store/drive-timeout.js'
import { rememberHandle } from '../store/file-handles.js'

/**
 * Opens the file of a handle that was kept over a reload; undefined when it is gone, its drive does not answer, or
 * reading it is refused.
 *
 * Call it in answer to a click: else the browser does not ask the person and refuses.
 *
 * @see https://wicg.github.io/file-system-access/#api-filesystemhandle
 */
export async function openHandle(
  handle: FileSystemFileHandle,
  runtime: Pick<Runtime, 'setTimer'>,
): Promise<File | undefined> {
  try {
    if (!(await mayRead(handle))) return undefined
    const file = await createDriveTimeout(runtime)(handle.getFile())
    rememberHandle(file, handle)
    return file
  } catch {
    // Moved, deleted, on a drive that was taken out, or asked for without a click.
    return undefined
  }
}

/** DOM typings lack what only Chromium has; the handles of other browsers need no permission. */
interface PermittedHandle extends FileSystemFileHandle {
  queryPermission?(descriptor: { readonly mode: 'read' }): Promise<PermissionState>
  requestPermission?(descriptor: { readonly mode: 'read' }): Promise<PermissionState>
}

async function mayRead(handle: PermittedHandle): Promise<boolean> {
  const mode = { mode: 'read' } as const
  const state = (await handle.queryPermission?.(mode)) ?? 'granted'
  return state === 'granted' || (await handle.requestPermission?.(mode)) === 'granted'
}
