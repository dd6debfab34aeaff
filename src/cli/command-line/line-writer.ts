import type { Writable } from 'node:stream'

/** What becomes of a stream that can no longer be written to. */
interface LineWriterEvents {
  /** Its reader has left, as `head` does; every later line goes nowhere. */
  readonly onReaderLeft?: () => void
  /** It cannot take what is written: the disk is full, for example. */
  readonly onFailure: (error: Error) => void
}

/** The codes of a pipe whose reader has left; the second one is that of Windows. */
const readerLeftCodes: ReadonlySet<string | undefined> = new Set(['EPIPE', 'EOF'])

/** Writes lines to a stream; a reader that leaves early is no error. */
export function lineWriter(
  stream: Writable,
  { onReaderLeft, onFailure }: LineWriterEvents,
): (line: string) => void {
  let isOpen = true
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (!isOpen) return
    isOpen = false
    if (readerLeftCodes.has(error.code)) onReaderLeft?.()
    else onFailure(error)
  })
  return (line) => {
    if (isOpen) stream.write(`${line}\n`)
  }
}
