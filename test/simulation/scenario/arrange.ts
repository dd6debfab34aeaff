import type { Random } from '../../support/random.js'
import {
  longOffline,
  longQueue,
  manyLargeFiles,
  sleepInQueue,
  smallBesideLarge,
  tightLine,
} from './arrange-line.js'
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

/** Draws one of them. */
export function arrange(random: Random, drawn: Drawn): Arranged {
  const arrangement = random.pick(arrangements)
  return { ...arrangement(random, drawn), arranged: arrangement.name }
}
