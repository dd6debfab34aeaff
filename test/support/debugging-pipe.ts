import type { Readable, Writable } from 'node:stream'
import type { ConnectOverCDPTransport } from 'playwright'

/** A message of the Chrome DevTools Protocol, as far as the pipe looks at it. */
interface Message {
  readonly id?: number
  readonly method?: string
  readonly sessionId?: string
}

/**
 * Playwright tells every page that it has the focus, which keeps a page in a background tab visible and its timers
 * awake. No user has such a browser.
 */
const keepsPagesAwake = 'Emulation.setFocusEmulationEnabled'

/** What Playwright says to a Chromium and hears of it, over the pipe of `--remote-debugging-pipe`. */
export function debuggingPipe(
  { input, output }: { input: Writable; output: Readable },
  onClose: () => void,
): ConnectOverCDPTransport {
  let rest = ''
  const transport: ConnectOverCDPTransport = {
    send(message) {
      const { id, method, sessionId }: Message = message
      if (method === keepsPagesAwake) {
        queueMicrotask(() => transport.onmessage?.({ id, sessionId, result: {} }))
      } else {
        input.write(`${JSON.stringify(message)}\0`)
      }
    },
    close: onClose,
  }
  output.setEncoding('utf8')
  output.on('data', (text: string) => {
    const messages = (rest + text).split('\0')
    rest = messages.pop() ?? ''
    // Each in a task of its own: Playwright begins to listen for the second in a promise that the first settles.
    for (const message of messages) setImmediate(() => transport.onmessage?.(JSON.parse(message)))
  })
  output.on('close', () => setImmediate(() => transport.onclose?.()))
  // The process is gone; `close` of the output tells.
  input.on('error', () => undefined)
  return transport
}
