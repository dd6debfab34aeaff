import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { pipeDelayed } from './delayed-pipe.js'
import { Link } from './link.js'

/** What the line between the browser and all servers is like. */
export interface LineOptions {
  readonly roundTripMs: number
  /** Bytes that one connection has under way at most, in each direction. */
  readonly windowBytes: number
  /** Shared by all connections, in each direction. */
  readonly bytesPerSecond: number
}

/** A running line. */
export interface Line {
  /** Gives a server of this machine a second port, at the far end of the line. */
  open(port: number): Promise<number>
  close(): Promise<void>
}

/**
 * Starts a line in user space: proxies on 127.0.0.1 that delay, limit and share as a long line does.
 *
 * A connection costs a round trip before its first byte. Losses, slow start and name look-ups are left out.
 */
export function startLine(options: LineOptions): Line {
  const up = new Link(options.bytesPerSecond)
  const down = new Link(options.bytesPerSecond)
  const oneWayMs = options.roundTripMs / 2
  const sockets = new Set<Socket>()
  const servers: Server[] = []

  const track = (socket: Socket) => {
    sockets.add(socket)
    socket.setNoDelay()
    socket.once('close', () => sockets.delete(socket))
    return socket
  }
  const carry = (client: Socket, port: number) => {
    const server = track(connect({ port, host: '127.0.0.1', allowHalfOpen: true }))
    pipeDelayed(server, client, { ...options, link: down, oneWayMs })
    const handshake = setTimeout(
      () => pipeDelayed(client, server, { ...options, link: up, oneWayMs }),
      options.roundTripMs,
    )
    client.once('close', () => clearTimeout(handshake))
  }

  return {
    async open(port) {
      // Nothing is read before the handshake is over, not even the end.
      const options = { allowHalfOpen: true, pauseOnConnect: true }
      const server = createServer(options, (client) => carry(track(client), port))
      servers.push(server)
      server.listen(0, '127.0.0.1')
      await once(server, 'listening')
      // A server that listens on a port has an address of this form.
      return (server.address() as AddressInfo).port
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      await Promise.all(servers.map((server) => new Promise((done) => server.close(done))))
    },
  }
}
