// @vitest-environment node
import { describe, expect, it } from 'vitest'
import type { Weather } from '../weather.js'
import { compareCell, tolerance } from './compare-cell.js'
import { uploadLoad } from './upload-load.js'

/** 1 byte takes 1 µs, a round trip 100 ms; no TLS, no slow start. */
const plain: Weather = {
  title: 'plain',
  bandwidth: [{ fromMs: 0, bytesPerSecond: 1_000_000 }],
  roundTripMs: 100,
  tlsRoundTrips: 0,
  windowBytes: 10_000_000,
  hasFixedWindow: true,
  segmentBytes: 14_600,
  serverMs: 200,
}

// The whole table is printed by `print-table.ts`.
const cheapCells = (['lan', 'office'] as const).flatMap((weather) =>
  (['s1m', 'f25', 'f110'] as const).map((load) => ({ weather, load })),
)

describe('the engine on a line', () => {
  it.each(cheapCells)('takes as long for $load on $weather as the table says', async (cell) => {
    const { deviation } = await compareCell(cell)

    expect(Math.abs(deviation)).toBeLessThan(tolerance)
  })

  it('takes the round trips, the line and the server that one small file needs', async () => {
    const seconds = await uploadLoad(plain, [10_000])

    // A handshake of 100 ms, 2 ms of the browser, 11,200 bytes of 1 µs, the acknowledgement, and the server.
    expect(seconds).toBeCloseTo(0.1 + 0.002 + 0.0112 + 0.1 + 0.2)
  })

  it('takes the same time twice', async () => {
    const load = [40_000_000, 10_000, 10_000]

    expect(await uploadLoad(plain, load)).toBe(await uploadLoad(plain, load))
  })
})
