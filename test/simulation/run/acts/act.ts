import type { Tab } from '../../page/tab.js'
import type { EventKind, ScenarioEvent } from '../../scenario/scenario.js'
import type { Durations } from '../../world/durations.js'
import type { World } from '../../world/world.js'
import type { User } from '../user.js'

/** Where an event comes. */
export interface Scene {
  readonly world: World
  readonly user: User
  readonly durations: Durations
  /** The first tab that is open. */
  readonly tab: Tab
  readonly event: ScenarioEvent
}

/** Does what an event says. */
export type Act = (scene: Scene) => void

/** Acts of some kinds. */
export type Acts<Kind extends EventKind> = Readonly<Record<Kind, Act>>
