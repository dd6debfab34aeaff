import { connect } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import type { ConnectionPlan } from './hostile-connection.js'

/** Longer than any server may leave a connection open that has said its last word. */
const patienceMs = 20_000

/** Does what is planned on a connection of its own; returns what came back, `undefined` if the server left it open. */
export async function connectAs(
  { writes, end }: ConnectionPlan,
  port: number,
): Promise<string | undefined> {
  const received: Buffer[] = []
  const closed = Promise.withResolvers<boolean>()
  const socket = connect(port, '127.0.0.1')
  socket.setNoDelay(true)
  socket.on('data', (chunk) => received.push(chunk))
  // A server may reset what it does not understand.
  socket.on('error', () => {})
  socket.once('close', () => closed.resolve(true))
  const timer = setTimeout(() => closed.resolve(false), patienceMs)
  for (const bytes of writes) {
    if (socket.destroyed) break
    socket.write(bytes)
    await setImmediate()
  }
  if (end === 'finish') socket.end()
  else socket.resetAndDestroy()
  const isClosed = await closed.promise
  clearTimeout(timer)
  socket.destroy()
  return isClosed ? Buffer.concat(received).toString('latin1') : undefined
}
