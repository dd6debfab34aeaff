import type { Random } from '../../support/random.js'
import {
  longOffline,
  longQueue,
  manyLargeFiles,
  sleepInQueue,
  smallBesideLarge,
  tightLine,
} from './arrange-line.js'
import { leftInMidUndo, replacedFile, undoneAsItEnds, undoneRemoval } from './arrange-removal.js'
import {
  abortUndone,
  busyStorage,
  busyStorageWithSmallFiles,
  emptiedPart,
  longOutage,
  silentAnswer,
  slowAssembly,
} from './arrange-storage.js'
import {
  cancelAsItBegins,
  cancelAsItEnds,
  changeBetweenPages,
  changeUnseen,
  lateReload,
  sessionEnds,
  sharedFile,
} from './arrange-user.js'
import type { Arranged, Drawn } from './arranged.js'

/** Brings together what one rule is about: several things that chance seldom draws at once. */
type Arrangement = (random: Random, drawn: Drawn) => Arranged

const arrangements: readonly [Arrangement, ...Arrangement[]] = [
  tightLine,
  busyStorage,
  busyStorageWithSmallFiles,
  manyLargeFiles,
  cancelAsItBegins,
  cancelAsItEnds,
  abortUndone,
  emptiedPart,
  changeUnseen,
  longOffline,
  longQueue,
  slowAssembly,
  lateReload,
  longOutage,
  silentAnswer,
  smallBesideLarge,
  sleepInQueue,
  sessionEnds,
  sharedFile,
  changeBetweenPages,
]

/** These have random numbers of their own. */
const removalArrangements: typeof arrangements = [
  undoneRemoval,
  undoneAsItEnds,
  leftInMidUndo,
  replacedFile,
]

/** Draws one of them. */
export function arrange(random: Random, drawn: Drawn): Arranged {
  return arrangeOne(random.pick(arrangements), random, drawn)
}

/** Draws one in which a file is removed and comes back, or is replaced. */
export function arrangeRemoval(random: Random, drawn: Drawn): Arranged {
  return arrangeOne(random.pick(removalArrangements), random, drawn)
}

function arrangeOne(arrangement: Arrangement, random: Random, drawn: Drawn): Arranged {
  return { ...arrangement(random, drawn), arranged: arrangement.name }
}
