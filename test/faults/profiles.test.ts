import { describe, expect, it } from 'vitest'
import { profiles } from './profiles.js'

const mebibyte = 1024 * 1024
const scenariosOf = (profile: keyof typeof profiles) =>
  Array.from({ length: 200 }, (_, index) => profiles[profile](index + 1))

describe('breaking-line', () => {
  const scenarios = scenariosOf('breaking-line')

  it('lets at least 10 MiB pass between two breaks, which are 6 to 30 s apart', () => {
    for (const { line } of scenarios) {
      const { bytesPerSecond, breaksAfterMs } = line ?? { bytesPerSecond: 0, breaksAfterMs: [] }
      const shortestMs = Math.min(...breaksAfterMs)

      expect(bytesPerSecond).toBeGreaterThanOrEqual(1_000_000)
      expect(bytesPerSecond).toBeLessThanOrEqual(3_000_000)
      expect(shortestMs).toBeGreaterThanOrEqual(6000)
      expect((bytesPerSecond * shortestMs) / 1000).toBeGreaterThanOrEqual(10 * mebibyte)
      expect(Math.max(...breaksAfterMs)).toBeLessThanOrEqual(30_000)
    }
  })

  it('has breaks to the end of its 120 s', () => {
    const sum = (times: readonly number[]) => times.reduce((total, time) => total + time, 0)

    for (const { line, limitMs } of scenarios) {
      expect(limitMs).toBe(120_000)
      expect(sum(line?.breaksAfterMs ?? [])).toBeGreaterThanOrEqual(120_000)
    }
  })

  it('has files of 1 byte to 12 MiB, and both ends come up', () => {
    const sizes = scenarios.flatMap(({ files }) => files.map(({ size }) => size))

    expect(Math.min(...sizes)).toBe(1)
    expect(Math.max(...sizes)).toBe(12 * mebibyte)
  })
})

it('hidden: the page is hidden a tenth of the time or more', () => {
  for (const { hiddenSpells = [], options } of scenariosOf('hidden')) {
    const sum = (pick: 'visibleMs' | 'hiddenMs') =>
      hiddenSpells.reduce((total, spell) => total + spell[pick], 0)

    expect(options.concurrency).toBeUndefined()
    expect(sum('hiddenMs') / (sum('hiddenMs') + sum('visibleMs'))).toBeGreaterThanOrEqual(0.1)
    expect(hiddenSpells[0]?.visibleMs).toBeLessThanOrEqual(3000)
  }
})
