import { kibibyte } from '../../../src/s3/byte-units.js'
import type { Run } from '../run/run-scenario.js'
import { inFlightWith } from './sends-of-tabs.js'

const slots = 6
/** Small files that may wait in the browser beside those that have a slot. */
const reserve = 2
const largestSmallBytes = 64 * kibibyte

/** No tab sends more at once than it has slots. */
export function inSlots({ world }: Run): string[] {
  const { concurrency } = world.scenario.options
  const tooMany = world.sends.all.find((send) => {
    const inFlight = inFlightWith(send, world.sends)
    const areSmall = inFlight.every(({ bytes }) => bytes <= largestSmallBytes)
    return inFlight.length > (concurrency ?? (areSmall ? slots + reserve : slots))
  })
  return tooMany ? [`SLOTS ${inFlightWith(tooMany, world.sends).length} requests at once`] : []
}
