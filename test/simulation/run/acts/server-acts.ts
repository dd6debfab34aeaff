import type { Clock } from '../../clock/clock.js'
import type { Process } from '../../clock/process.js'
import type { Backend } from '../../world/backend.js'
import type { Durations } from '../../world/durations.js'

/** Where an event comes that is about the servers or S3. */
export interface ServerScene {
  readonly world: {
    readonly clock: Clock
    readonly backend: Backend
    endpointTroubles: number
    breakQuestionsAt(servers: readonly Process[]): void
  }
  readonly durations: Durations
  readonly event: { readonly forMs?: number }
}

/** Events about the servers or S3. */
export type ServerEventKind =
  | 's3-down'
  | 'endpoint-down'
  | 'restart'
  | 'rotate-secret'
  | 'roll-out-secret'
  | 'sign-out'
  | 'lifecycle'
  | 'lose-part'

/** What happens to the servers and to S3. */
export const serverActs: Readonly<Record<ServerEventKind, (scene: ServerScene) => void>> = {
  's3-down'({ world: { backend }, durations, event: { forMs = 0 } }) {
    backend.storageTroubles += 1
    durations.later(forMs, () => {
      backend.storageTroubles -= 1
    })
  },
  'endpoint-down'({ world, durations, event: { forMs = 0 } }) {
    world.endpointTroubles += 1
    durations.later(forMs, () => {
      world.endpointTroubles -= 1
    })
  },
  restart({ world }) {
    world.breakQuestionsAt(world.backend.servers.restart())
  },
  'rotate-secret'({ world }) {
    world.breakQuestionsAt(world.backend.servers.rotateSecret())
  },
  'roll-out-secret'({ world, durations, event: { forMs = 0 } }) {
    const { servers } = world.backend
    world.breakQuestionsAt(servers.beginRollOut())
    durations.later(forMs, () => world.breakQuestionsAt(servers.endRollOut()))
  },
  'sign-out'({ world: { backend } }) {
    backend.servers.signOut()
  },
  lifecycle({ world: { clock, backend } }) {
    const { storage } = backend
    clock.at(0, () => void storage.removeUploads(), { process: storage.process })
  },
  'lose-part'({ world: { clock, backend } }) {
    const { storage } = backend
    clock.at(0, () => void storage.loseParts(), { process: storage.process })
  },
}
