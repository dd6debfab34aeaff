import { uploadFiles } from '@better-upload/client'
import type { Upload, UploadEnvironment } from './subject.js'

/** From here on an app sends files to its route with multipart: the default threshold of the others. */
const multipartFromBytes = 100 * 1024 * 1024

/** `@better-upload/client` with its defaults: a route for files, and one with multipart for large files. */
export const upload: Upload = async (files, environment) => {
  const isLarge = (file: File) => file.size >= multipartFromBytes
  await Promise.all([
    uploadBy('multipart', files.filter(isLarge), environment),
    uploadBy(
      'files',
      files.filter((file) => !isLarge(file)),
      environment,
    ),
  ])
}

async function uploadBy(
  route: 'files' | 'multipart',
  files: File[],
  { onFileComplete }: UploadEnvironment,
): Promise<void> {
  if (files.length === 0) return
  const result = await uploadFiles({
    api: '/api/better-upload',
    route,
    files,
    onFileStateChange({ file }) {
      if (file.status === 'complete') onFileComplete(file.raw)
    },
  })
  if (result.files.length === files.length) return
  throw new Error(
    `${result.failedFiles.length} files failed: ${result.failedFiles[0]?.error.message}`,
  )
}
