import type { EventKind } from '../../scenario/scenario.js'
import type { Acts } from './act.js'
import { computerActs } from './computer-acts.js'
import { fileActs } from './file-acts.js'
import { lineActs } from './line-acts.js'
import { removalActs } from './removal-acts.js'
import { serverActs } from './server-acts.js'
import { tabActs } from './tab-acts.js'

/** What each kind of event does. */
export const acts: Acts<EventKind> = {
  ...fileActs,
  ...removalActs,
  ...tabActs,
  ...computerActs,
  ...lineActs,
  ...serverActs,
}
