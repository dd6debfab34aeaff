import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasSucceeded } from './attack.js'
import { type AttackTarget, openAttackTarget } from './attack-target.js'
import { attackFamilies } from './families.js'
import { realS3Endings } from './real-s3-endings.js'

// Also against a real S3: see test/real-s3/run.sh.

let target: AttackTarget
const tally = { attacks: 0, attempts: 0, successes: 0 }

beforeAll(async () => {
  target = await openAttackTarget()
})

afterAll(() => target.close())

describe.each(attackFamilies)('$name', ({ name, attacks }) => {
  it.each(attacks)('nobody $tries', async ({ tries, ends, attempt }) => {
    const endings = [await attempt(target)].flat()
    const exception = realS3Endings[target.bucket.server]?.[`${name}: ${tries}`]
    const isCounted = exception?.isOpen !== true
    tally.attacks += 1
    tally.attempts += endings.length
    tally.successes += isCounted ? endings.filter(hasSucceeded).length : 0

    expect(endings.length).toBeGreaterThan(0)
    expect([...new Set(endings)].sort()).toEqual([...(exception?.ends ?? [ends])].sort())
  })
})

it('of all attacks, none succeeds', () => {
  const attacks = attackFamilies.flatMap((family) => family.attacks).length

  expect(tally).toEqual({ attacks, attempts: expect.any(Number), successes: 0 })
  expect(tally.attempts).toBeGreaterThan(4000)
})

it('every exception of a real server is for an attack that is made', () => {
  const made = attackFamilies.flatMap(({ name, attacks }) =>
    attacks.map(({ tries }) => `${name}: ${tries}`),
  )
  const excepted = Object.values(realS3Endings).flatMap((endings) => Object.keys(endings))

  expect(excepted.filter((name) => !made.includes(name))).toEqual([])
})
