import { FileError } from './upload-error.js'

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
