import type { RequestedFile, RequestFacts } from '../contract/files.js'

/** Adds up what a request asks for. */
export function requestFactsOf(files: readonly RequestedFile[]): RequestFacts {
  return {
    files: files.map(({ id, name, type, size, relativePath }) => ({
      id,
      name,
      type,
      size,
      relativePath,
    })),
    totalBytes: files.reduce((total, { size }) => total + size, 0),
  }
}
