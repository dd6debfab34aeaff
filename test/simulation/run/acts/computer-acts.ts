import { IDBFactory } from 'fake-indexeddb'
import type { Acts } from './act.js'

const slowDatabaseMs = 400

/** What happens to the computer: its clocks, its sleep, its database. */
export const computerActs: Acts<
  'sleep' | 'clock-jump' | 'slow-database' | 'full-database' | 'lost-database'
> = {
  sleep({ world, user, durations, event: { forMs = 0, isClockFrozen = false } }) {
    const { clock, computer, network } = world
    computer.asleepUntilMs = clock.now + forMs
    for (const { process } of user.tabs) clock.sleep(process, { forMs, isShifted: isClockFrozen })
    if (isClockFrozen) computer.sleptMs += forMs
    network.breakAll('silent')
    durations.later(forMs, () => network.breakAll('reset'))
  },
  'clock-jump'({ world: { computer }, event: { byMs = 0 } }) {
    computer.wallSkewMs += byMs
  },
  'slow-database'({ world: { computer }, durations, event: { forMs = 0 } }) {
    computer.databaseMs = slowDatabaseMs
    durations.later(forMs, () => {
      computer.databaseMs = 0
    })
  },
  'full-database'({ world: { computer }, durations, event: { forMs = 0 } }) {
    computer.isDatabaseFull = true
    durations.later(forMs, () => {
      computer.isDatabaseFull = false
    })
  },
  'lost-database'({ world: { computer } }) {
    computer.indexedDB = new IDBFactory()
  },
}
