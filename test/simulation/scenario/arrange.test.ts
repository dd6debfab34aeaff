import { expect, it } from 'vitest'
import { drawScenario } from './draw-scenario.js'

const scenarios = Array.from({ length: 3000 }, (_, seed) => drawScenario(seed))

it('leaves most seeds to chance, and brings each arrangement often', () => {
  const counts = new Map<string, number>()
  for (const { arranged } of scenarios) {
    if (arranged !== undefined) counts.set(arranged, (counts.get(arranged) ?? 0) + 1)
  }
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0)

  expect(total).toBeGreaterThan(500)
  expect(total).toBeLessThan(700)
  expect(Math.min(...counts.values())).toBeGreaterThan(12)
})

it('names in its events only files that it has', () => {
  const strangers = scenarios.flatMap(({ seed, files, events }) =>
    events
      .filter(({ file }) => file !== undefined && !files.some(({ name }) => name === file))
      .map(() => seed),
  )

  expect(strangers).toEqual([])
})

it('asks for nothing that cannot be had: R2 takes no forms', () => {
  for (const { arranged, server } of scenarios) {
    expect(server.profile === 'r2' && server.method === 'POST', arranged).toBe(false)
  }
})
