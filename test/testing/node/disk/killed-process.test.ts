import { describe, expect, it } from 'vitest'
import { runRound } from '../../../kills/round.js'

describe('a test S3 that is killed at work', () => {
  it.each([1, 2, 3])(
    'loses nothing confirmed and mixes nothing, seed %s',
    { timeout: 60_000 },
    async (seed) => {
      expect((await runRound(seed)).problems).toEqual([])
    },
  )
})
