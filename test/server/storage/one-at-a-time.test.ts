import { expect, it } from 'vitest'
import { oneAtATime } from '../../../src/server/storage/one-at-a-time.js'
import { VirtualClock } from '../../support/virtual-clock.js'

const hangs = () => new Promise<never>(() => {})
const nothing = async () => {}

it('waits for what its process began before under the same name, for half a minute', async () => {
  const clock = new VirtualClock()
  void oneAtATime('a name', hangs, clock.runtime)
  const work = oneAtATime('a name', async () => clock.now, clock.runtime)
  expect(await clock.until(work)).toBe(30_000)
})

it('waits for nothing under another name', async () => {
  const clock = new VirtualClock()
  void oneAtATime('a name', hangs, clock.runtime)
  await oneAtATime('another', nothing, clock.runtime)
  expect(clock.timers).toEqual([])
})

it('waits for nothing of another process', async () => {
  const clock = new VirtualClock()
  void oneAtATime('a name', hangs, new VirtualClock().runtime)
  await oneAtATime('a name', nothing, clock.runtime)
  expect(clock.timers).toEqual([])
})
