import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { type LineOptions, startLine } from './line.js'

const endings: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end()
})

/** A server behind a line that answers with how many bytes it has heard. */
async function setUp(options: LineOptions = {}) {
  let heard = 0
  const server = createServer((request, response) => {
    request.on('data', (chunk) => {
      heard += chunk.length
    })
    request.on('end', () => response.end(String(heard)))
    request.on('error', () => {})
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  endings.push(async () => {
    server.closeAllConnections()
    server.close()
  })
  const line = await startLine((server.address() as AddressInfo).port, options)
  endings.push(() => line.close())
  const send = async (bytes: number, signal?: AbortSignal) => {
    const body = new Uint8Array(bytes)
    const answer = await fetch(line.url, { method: 'PUT', body, signal: signal ?? null })
    return await answer.text()
  }
  return { line, send, heard: () => heard }
}

it('carries what is sent, and the answer', async () => {
  const { line, send } = await setUp({ delayMs: 5 })

  expect(await send(300_000)).toBe('300000')
  expect(line.sentBytes).toBeGreaterThan(300_000)
})

it('is shared by all connections', async () => {
  const { send } = await setUp({ bytesPerSecond: 1_000_000 })
  const begun = performance.now()

  await Promise.all([send(600_000), send(600_000)])

  // One alone takes 600 ms, and a line that was late may hurry for 250.
  expect(performance.now() - begun).toBeGreaterThan(900)
})

it('resets every connection when it is cut', async () => {
  const { line, send, heard } = await setUp({ bytesPerSecond: 200_000 })
  const lost = send(400_000).then(
    () => 'answered',
    () => 'lost',
  )
  await expect.poll(heard).toBeGreaterThan(0)

  line.cut()

  expect(await lost).toBe('lost')
  expect(heard()).toBeLessThan(400_000)
})

it('carries nothing of a connection that is muted, and goes on with new ones', async () => {
  const { line, send, heard } = await setUp({ bytesPerSecond: 200_000 })
  const cutShort = new AbortController()
  const silent = send(400_000, cutShort.signal).then(
    () => 'answered',
    () => 'ended here',
  )
  await expect.poll(heard).toBeGreaterThan(0)

  line.mute()
  const first = await Promise.race([silent, send(10).then(() => 'a new one')])

  expect(first).toBe('a new one')
  cutShort.abort()
  expect(await silent).toBe('ended here')
})
