import type { IncomingMessage } from 'node:http'
import type { Runtime } from '../../../async/runtime.js'

/** The body of an incoming request; nothing is read before the stream is. */
export interface RequestSource {
  readonly stream: ReadableStream<Uint8Array>
  /** Reads the rest and drops it, until it ends or there is too much of it. */
  drain(): Promise<void>
}

/** What a client may still send after the answer; then the connection breaks. */
const maxDrainBytes = 256 * 1024 * 1024
const maxDrainMs = 10_000

/** What a body needs of its surroundings. */
interface SourceSettings {
  /** Called before the first byte is asked for. */
  readonly onFirstRead: () => void
  readonly setTimer: Runtime['setTimer']
}

/** Wraps a request of `node:http`. */
export function requestSource(
  message: IncomingMessage,
  { onFirstRead, setTimer }: SourceSettings,
): RequestSource {
  // Breaking off must not destroy the connection: the answer still has to go over it.
  const chunks: AsyncIterator<Buffer> = message.iterator({ destroyOnReturn: false })
  let isAsked = false
  return {
    stream: new ReadableStream<Uint8Array>(
      {
        async pull(controller) {
          if (!isAsked) onFirstRead()
          isAsked = true
          const next = await chunks.next()
          if (next.done) controller.close()
          else controller.enqueue(next.value)
        },
      },
      { highWaterMark: 0 },
    ),
    async drain() {
      const cancelTimer = setTimer(() => message.destroy(), maxDrainMs)
      try {
        let bytes = 0
        while (bytes < maxDrainBytes) {
          const next = await chunks.next()
          if (next.done) return
          bytes += next.value.byteLength
        }
      } catch {
        // The client has gone, with or without the answer.
      } finally {
        cancelTimer()
      }
    },
  }
}
