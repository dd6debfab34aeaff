import type { RequestedFile, RequestFacts } from '../contract/files.js'

/** Adds up what a request asks for. */
export function requestFactsOf(files: readonly RequestedFile[]): RequestFacts {
  return {
    files: files.map(requestedFile),
    totalBytes: files.reduce((total, { size }) => total + size, 0),
  }
}

function requestedFile({ id, name, type, size, relativePath }: RequestedFile): RequestedFile {
  const file = { id, name, type, size, relativePath }
  return file satisfies Record<keyof RequestedFile, unknown>
}
