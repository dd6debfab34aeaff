import type { Run } from '../run/run-scenario.js'
import { begunTwice } from './begun-twice.js'
import { sparesBusyStorage } from './busy-storage.js'
import { leavesSlotsToFiles } from './files-before-parts.js'
import { areWaitsKept } from './harmless-events.js'
import { fewLargeFiles } from './large-files.js'
import { overtakesNothing } from './overtaking.js'
import { sentInVain } from './sent-in-vain.js'
import { sharesNoUpload } from './shared-uploads.js'
import { inSlots, sharesSlots, usesSlotsAgain } from './slots.js'
import { wholeAgain } from './whole-again.js'

/** What must hold of the requests that pages have sent to S3. */
export function ofSends(run: Run): string[] {
  return [
    ...inSlots(run),
    ...sharesSlots(run),
    ...usesSlotsAgain(run),
    ...fewLargeFiles(run),
    ...leavesSlotsToFiles(run),
    ...overtakesNothing(run),
    ...sharesNoUpload(run),
    ...sparesBusyStorage(run),
    ...sentInVain(run),
    ...begunTwice(run),
    ...wholeAgain(run),
    ...waitsAsLongAsAsked(run),
  ]
}

/** The endpoint is asked again no sooner than it has said. */
function waitsAsLongAsAsked({ world: { scenario, waits } }: Run): string[] {
  if (!areWaitsKept(scenario)) return []
  return waits.hurried.map((operation) => `EARLY ${operation}: sooner than Retry-After says`)
}
