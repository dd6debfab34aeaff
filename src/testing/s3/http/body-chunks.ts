/**
 * Reads a stream chunk by chunk; a reader that stops early leaves the rest unread, without cancelling.
 *
 * Cancelling would close the connection before the answer is on it.
 */
export async function* readChunks(
  stream: ReadableStream<Uint8Array> | null,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (!stream) return
  const reader = stream.getReader()
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value
  } finally {
    reader.releaseLock()
  }
}
