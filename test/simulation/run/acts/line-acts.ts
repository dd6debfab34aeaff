import { mebibyte } from '../../../../src/s3/byte-units.js'
import type { Acts } from './act.js'

/** What happens to the line. */
export const lineActs: Acts<'offline' | 'dark' | 'break' | 'slow-line'> = {
  offline({ world, durations, event: { forMs = 0 } }) {
    const { computer } = world
    computer.isConnected = false
    world.breakLine()
    computer.dispatch('offline')
    durations.later(forMs, () => {
      computer.isConnected = true
      computer.dispatch('online')
    })
  },
  dark({ world: { network }, event: { forMs = 0 } }) {
    network.breakAll('silent', forMs)
  },
  break({ world }) {
    world.breakLine()
  },
  'slow-line'({ world: { network, scenario }, durations, event: { forMs = 0, share = 1 } }) {
    network.setBandwidth(scenario.line.mebibytesPerSecond * mebibyte * share)
    durations.later(forMs, () => network.setBandwidth(undefined))
  },
}
