import { FileError, type UploadError } from './upload-error.js'

/** The error for a file that can be read and has other bytes than it had. */
export function changedFile(): FileError {
  return new FileError('The file has changed since its upload began. Choose it again.', {
    code: 'file-unreadable',
    hasChanged: true,
  })
}

/** The error for a file that was there when it was chosen. */
export function unreadableFile(cause?: unknown): FileError {
  return new FileError(
    'The file can no longer be read: it was changed, moved or removed. Choose it again.',
    { code: 'file-unreadable', cause },
  )
}

/** Documents and programs of a Mac that are folders, and look like files. */
const bundles =
  /\.(?:app|band|bundle|graffle|key|logicx|numbers|pages|photoslibrary|rtfd|xcodeproj)$/i

/** The error as it is, or that for a bundle: no browser can read one as a file. */
export function explainUnreadable(error: UploadError, { name }: { readonly name: string }) {
  if (error.code !== 'file-unreadable' || !bundles.test(name)) return error
  return new FileError(
    'The file is a bundle: a folder that looks like a file, which browsers cannot read. Have the user compress it to a ZIP file.',
    { code: 'file-package', cause: error },
  )
}

/** The error for a file that the app’s `prepare` has refused. */
export function refusedFile(cause: unknown): FileError {
  const words = cause instanceof Error ? cause.message : ''
  const message = words || 'The option `prepare` has refused the file without saying why.'
  return new FileError(message, { code: 'file-refused', isInAppWords: words !== '', cause })
}

/** The error for a file that the engine waits for: the upload continues when the file can be read again. */
export function fileNotAnswering(cause?: unknown): FileError {
  return new FileError(
    'The file does not answer: the drive or network folder that it is on cannot be reached. Connect it again; the upload goes on by itself.',
    { code: 'file-not-answering', cause },
  )
}

/** Whether a file is only waited for. */
export function isNotAnswering(error: unknown): boolean {
  return error instanceof FileError && error.code === 'file-not-answering'
}
