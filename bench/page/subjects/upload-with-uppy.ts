import type { Body, Meta, Uppy } from '@uppy/core'

/** Adds files to an Uppy instance, uploads them and waits until Uppy calls each of them uploaded. */
export async function uploadWithUppy<M extends Meta, B extends Body>(
  uppy: Uppy<M, B>,
  files: readonly File[],
  onFileComplete: (file: Blob) => void,
): Promise<void> {
  uppy.on('upload-success', (file) => {
    if (file?.data instanceof Blob) onFileComplete(file.data)
  })
  uppy.addFiles(files.map((file) => ({ name: file.name, type: file.type, data: file })))
  const result = await uppy.upload()
  const count = result?.successful?.length ?? 0
  if (count === files.length) return
  const { error } = result?.failed?.[0] ?? {}
  throw new Error(`Uppy uploaded ${count} of ${files.length} files: ${error}`)
}
