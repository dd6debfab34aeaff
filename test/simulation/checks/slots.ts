import { kibibyte } from '../../../src/s3/byte-units.js'
import type { Run } from '../run/run-scenario.js'
import type { PageSend } from '../world/page-sends.js'
import { inFlightWith, isRefusedAsBusy } from './sends-of-tabs.js'

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

/** Refusals that come together count once. */
const togetherMs = 1010

/** A refusal as busy halves the slots, and each success gives a fraction back. */
export function sharesSlots({ world: { sends, scenario } }: Run): string[] {
  const most = scenario.options.concurrency ?? slots
  // What is sent of a file that has changed meanwhile is no send that is seen here, and a page that sleeps hears late.
  if (scenario.events.some(({ kind }) => kind === 'change-file' || kind === 'sleep')) return []
  return sends.all.filter(isRefusedAsBusy).flatMap((refused) => {
    const { tab, endMs = 0 } = refused
    const ofTab = sends.all.filter((each) => each.tab === tab)
    // A request that has stalled is such a sign, too.
    const isSecond = ofTab.some(
      (each) => !isTaken(each) && each !== refused && isWithin(each, endMs - togetherMs, endMs),
    )
    if (isSecond) return []
    const tooMany = ofTab.find((each) => {
      const successes = ofTab.filter(
        (other) => isTaken(other) && isWithin(other, endMs, each.beganMs),
      )
      const limit = grown(most / 2, successes.length)
      const isLimited = limit < most && each.beganMs > endMs + hearingMs
      return isLimited && inFlightWith(each, sends).length > Math.floor(limit)
    })
    return tooMany ? ['SLOTS are as many as before S3 was busy'] : []
  })
}

const hearingMs = 5

function isTaken({ status = 0 }: PageSend): boolean {
  return status >= 200 && status < 300
}

function isWithin({ endMs = Number.POSITIVE_INFINITY }: PageSend, fromMs: number, toMs: number) {
  return endMs >= fromMs && endMs <= toMs
}

function grown(limit: number, successes: number): number {
  let grownLimit = Math.max(1, limit)
  for (let left = successes; left > 0; left -= 1) grownLimit += 1 / grownLimit
  return grownLimit
}

/** After so many successes in a row all slots are used again. */
const recoveringSends = 24
const seenSends = 12
const leastWidth = 5

/** Where small files wait one for the end of the other, they use the slots that successes have given back. */
export function usesSlotsAgain({ world: { sends, scenario } }: Run): string[] {
  const wanted = Math.min(leastWidth, scenario.options.concurrency ?? slots)
  const tabs = new Set(sends.all.map(({ tab }) => tab))
  return [...tabs].flatMap((tab) => {
    const ofTab = sends.all.filter((send) => send.tab === tab)
    let inARow = 0
    let narrow = 0
    for (const send of ofTab) {
      inARow = isTaken(send) && send.bytes <= largestSmallBytes ? inARow + 1 : 0
      const hasWaited = ofTab.some((each) => isWithin(each, send.beganMs - hearingMs, send.beganMs))
      const isNarrow =
        inARow > recoveringSends && hasWaited && inFlightWith(send, sends).length < wanted
      narrow = isNarrow ? narrow + 1 : 0
      if (narrow === seenSends) return ['SLOTS stay few though S3 is no longer busy']
    }
    return []
  })
}
