import type { Body, Meta, Uppy, UppyFile } from '@uppy/core'
import { callSafely } from '../../async/call-safely.js'

/** Puts files back into Uppy, whose files then stand as in the list; its events tell of them. */
export function putIntoUppy<M extends Meta, B extends Body>(
  files: readonly UppyFile<M, B>[],
  { uppy, order }: { readonly uppy: Uppy<M, B>; readonly order: readonly string[] },
): void {
  if (files.length === 0) return
  const back = Object.fromEntries(files.map((file) => [file.id, file]))
  const all = { ...uppy.getState().files, ...back }
  const listed = order.flatMap((id) => (all[id] ? [[id, all[id]]] : []))
  callSafely(() => uppy.setState({ files: { ...Object.fromEntries(listed), ...all } }))
  const present = () => files.flatMap(({ id }) => uppy.getFile(id) ?? [])
  for (const file of present()) callSafely(() => uppy.emit('file-added', file))
  const added = present()
  if (added.length > 0) callSafely(() => uppy.emit('files-added', added))
}
