const handles = new WeakMap<Blob, FileSystemFileHandle>()

/** Notes the handle that a file came with, for as long as the file is in use. */
export function rememberHandle(file: Blob, handle: FileSystemFileHandle): void {
  handles.set(file, handle)
}

/** The handle that a file came with: from a drop or a file picker API, never from an `<input>`. */
export function handleOf(file: Blob): FileSystemFileHandle | undefined {
  return handles.get(file)
}
