import { once } from 'node:events'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** What the line between a browser and a server is like. */
export interface LineOptions {
  /** Of all connections together, towards the server. @default no limit */
  readonly bytesPerSecond?: number
  /** Each way. @default 0 */
  readonly delayMs?: number
}

/** A TCP line to a server of this machine that can be made slow, cut and muted. */
export interface Line {
  /** Where the server is reached by the line. */
  readonly url: string
  bytesPerSecond: number
  /** Whether new connections are reset at once. */
  isDown: boolean
  /** Bytes that went towards the server, those of requests that broke off too. */
  readonly sentBytes: number
  /** Connections that were opened so far. */
  readonly connections: number
  /** Resets every connection, and both ends hear of it. */
  cut(): void
  /** Carries nothing more of the present connections, and nobody hears of it. */
  mute(): void
  close(): Promise<void>
}

interface Connection {
  readonly target: Socket
  isMuted: boolean
}

/** So little is taken at a time that a line which is cut has few bytes on its way. */
const chunkBytes = 64 * 1024

/** What a busy computer is late by is made up for, up to so much. */
const mostLateMs = 250

/** Opens a line to a port of this machine. */
export async function startLine(port: number, options: LineOptions = {}): Promise<Line> {
  const { delayMs = 0 } = options
  const carried = new Map<Socket, Connection>()
  const counts = { sentBytes: 0, connections: 0 }
  /** When all that was given to the line is through. */
  let freeAt = 0

  const server = createServer({ highWaterMark: chunkBytes }, (client) => {
    counts.connections += 1
    client.on('error', () => {})
    if (line.isDown) {
      client.resetAndDestroy()
      return
    }
    const target = connect({ port, host: '127.0.0.1' })
    const state: Connection = { target, isMuted: false }
    carried.set(client, state)
    const end = () => {
      if (state.isMuted) return
      carried.delete(client)
      client.destroy()
      target.destroy()
    }
    for (const socket of [client, target]) {
      socket.setNoDelay()
      socket.on('error', end)
    }
    client.on('close', end)
    // After what it has said is delivered.
    target.on('close', () => setTimeout(end, delayMs + 1))
    client.on('data', async (bytes) => {
      client.pause()
      counts.sentBytes += bytes.length
      const now = performance.now()
      if (Number.isFinite(line.bytesPerSecond)) {
        freeAt = Math.max(freeAt, now - mostLateMs) + (bytes.length / line.bytesPerSecond) * 1000
      }
      const waitMs = Math.max(freeAt - now, 0) + delayMs
      if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs))
      if (state.isMuted || target.destroyed) return
      target.write(bytes)
      client.resume()
    })
    target.on('data', (bytes) => {
      setTimeout(() => state.isMuted || client.destroyed || client.write(bytes), delayMs)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  // A server that listens on a port has an address of this form.
  const address = server.address() as AddressInfo

  const line: Line = {
    url: `http://127.0.0.1:${address.port}`,
    bytesPerSecond: options.bytesPerSecond ?? Number.POSITIVE_INFINITY,
    isDown: false,
    get sentBytes() {
      return counts.sentBytes
    },
    get connections() {
      return counts.connections
    },
    cut() {
      freeAt = 0
      for (const client of [...carried.keys()]) client.resetAndDestroy()
    },
    mute() {
      for (const state of carried.values()) state.isMuted = true
    },
    async close() {
      for (const [client, { target }] of carried) {
        client.destroy()
        target.destroy()
      }
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return line
}

/** A `fetch` for the server's own requests, past the line: to the port, while the signed host stays the line's. */
export function fetchPast(port: number): (request: Request) => Promise<Response> {
  return async (request) => {
    const { host, pathname, search } = new URL(request.url)
    const body = Buffer.from(await request.arrayBuffer())
    const headers = { ...Object.fromEntries(request.headers), host, 'content-length': body.length }
    const outgoing = httpRequest({
      host: '127.0.0.1',
      port,
      path: pathname + search,
      method: request.method,
      headers,
    })
    outgoing.end(body)
    const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage]
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk)
    const status = incoming.statusCode ?? 0
    const isEmpty = request.method === 'HEAD' || status === 204 || status === 304
    return new Response(isEmpty ? null : Buffer.concat(chunks), {
      status,
      headers: incoming.headers as Record<string, string>,
    })
  }
}
