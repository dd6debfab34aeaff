import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Line, startLine } from '../../../bench/line/start-line.js'

/** Timers of a busy machine are late, never early by more than this. */
const early = 2

let server: Server
let line: Line
let received = 0

beforeEach(async () => {
  received = 0
  // Answers with one byte once it has got the number of bytes that the first four name.
  server = createServer((socket) => {
    let announced = 0
    let arrived = 0
    socket.on('data', (chunk) => {
      if (arrived === 0) announced = chunk.readUInt32BE()
      arrived += chunk.length
      received += chunk.length
      if (arrived >= announced) {
        socket.write('k')
        arrived = 0
      }
    })
    socket.on('error', () => {})
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})

afterEach(async () => {
  await line.close()
  await new Promise((done) => server.close(done))
})

async function connectOver(options: Partial<Parameters<typeof startLine>[0]>): Promise<Socket> {
  line = startLine({ roundTripMs: 40, windowBytes: 1e6, bytesPerSecond: 1e9, ...options })
  return connectAgain(await line.open((server.address() as AddressInfo).port))
}

async function connectAgain(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  return socket
}

/** Sends so many bytes and returns the milliseconds until the answer. */
async function exchange(socket: Socket, bytes: number): Promise<number> {
  const message = Buffer.alloc(bytes)
  message.writeUInt32BE(bytes)
  const begin = performance.now()
  socket.write(message)
  await once(socket, 'data')
  return performance.now() - begin
}

describe('a line', () => {
  it('takes a round trip for a request, and one more for a new connection', async () => {
    const socket = await connectOver({ roundTripMs: 40 })

    const first = await exchange(socket, 100)
    const second = await exchange(socket, 100)

    expect(first).toBeGreaterThan(80 - 2 * early)
    expect(second).toBeGreaterThan(40 - early)
    expect(second).toBeLessThan(first)
    socket.destroy()
  })

  it('carries a window of bytes in a round trip', async () => {
    const socket = await connectOver({ roundTripMs: 20, windowBytes: 100_000 })
    await exchange(socket, 100)

    const milliseconds = await exchange(socket, 1_000_000)

    expect(milliseconds).toBeGreaterThan(10 * 20 - 10 * early)
    expect(received).toBe(1_000_100)
    socket.destroy()
  })

  it('shares its bandwidth between connections', async () => {
    const first = await connectOver({ roundTripMs: 2, bytesPerSecond: 10e6 })
    const { remotePort = 0 } = first
    const second = await connectAgain(remotePort)
    await Promise.all([exchange(first, 100), exchange(second, 100)])

    const begin = performance.now()
    await Promise.all([exchange(first, 1_000_000), exchange(second, 1_000_000)])

    expect(performance.now() - begin).toBeGreaterThan(200 - early)
    first.destroy()
    second.destroy()
  })

  it('passes on that a connection has ended', async () => {
    const socket = await connectOver({})
    const ended = once(socket.resume(), 'close')

    socket.end()

    await ended
    expect(socket.readableEnded).toBe(true)
  })

  it('passes on that a connection is broken', async () => {
    const socket = await connectOver({})
    await exchange(socket, 100)
    const broken = once(server, 'connection').then(([other]: Socket[]) => other)
    const other = await connectAgain(socket.remotePort ?? 0)
    const atServer = await broken
    await exchange(other, 100)

    other.resetAndDestroy()

    await new Promise((done) => atServer?.once('close', done))
    expect(atServer?.destroyed).toBe(true)
    socket.destroy()
  })
})
