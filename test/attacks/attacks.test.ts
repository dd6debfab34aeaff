import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasSucceeded } from './attack.js'
import { type AttackTarget, openAttackTarget } from './attack-target.js'
import { attackFamilies } from './families.js'

// Also against a real S3: see test/real-s3/run.sh.

let target: AttackTarget
const tally = { attacks: 0, attempts: 0, successes: 0 }

beforeAll(async () => {
  target = await openAttackTarget()
})

afterAll(() => target.close())

describe.each(attackFamilies)('$name', ({ attacks }) => {
  it.each(attacks)('nobody $tries', async ({ ends, attempt }) => {
    const endings = [await attempt(target)].flat()
    tally.attacks += 1
    tally.attempts += endings.length
    tally.successes += endings.filter(hasSucceeded).length

    expect(endings.length).toBeGreaterThan(0)
    expect([...new Set(endings)]).toEqual([ends])
  })
})

it('of all attacks, none succeeds', () => {
  const attacks = attackFamilies.flatMap((family) => family.attacks).length

  expect(tally).toEqual({ attacks, attempts: expect.any(Number), successes: 0 })
  expect(tally.attempts).toBeGreaterThan(attacks)
})
