import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

const closings = new WeakMap<Socket, AbortSignal>()

/** Makes a signal that is aborted when the client leaves, or the connection is closed, before the answer is sent. */
export function clientSignal({ socket }: IncomingMessage, response: ServerResponse): AbortSignal {
  const leaving = new AbortController()
  response.once('close', () => {
    if (!response.writableFinished) leaving.abort()
  })
  // An answer that waits behind another one on its connection is not told that the connection has closed.
  return AbortSignal.any([leaving.signal, closingOf(socket)])
}

/** One for all requests of a connection. */
function closingOf(socket: Socket): AbortSignal {
  const known = closings.get(socket)
  if (known) return known
  const closing = new AbortController()
  if (socket.destroyed) closing.abort()
  else socket.once('close', () => closing.abort())
  closings.set(socket, closing.signal)
  return closing.signal
}
