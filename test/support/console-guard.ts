import { afterEach, beforeEach, expect, vi } from 'vitest'

let unexpected: string[] = []

/** An unexpected `console.error` or `console.warn` fails its test; a test that expects one mocks it itself. */
beforeEach(() => {
  unexpected = []
  for (const level of ['error', 'warn'] as const) {
    vi.spyOn(console, level).mockImplementation((...args: unknown[]) => {
      unexpected.push(`console.${level}: ${args.map(String).join(' ')}`)
    })
  }
})

afterEach(() => {
  expect(unexpected).toEqual([])
})
