import type { Acts } from './act.js'

/** What happens to the servers and to S3. */
export const serverActs: Acts<
  's3-down' | 'endpoint-down' | 'restart' | 'rotate-secret' | 'sign-out' | 'lifecycle' | 'lose-part'
> = {
  's3-down'({ world, user, event: { forMs = 0 } }) {
    world.storageTroubles += 1
    user.later(forMs, () => {
      world.storageTroubles -= 1
    })
  },
  'endpoint-down'({ world, user, event: { forMs = 0 } }) {
    world.endpointTroubles += 1
    user.later(forMs, () => {
      world.endpointTroubles -= 1
    })
  },
  restart({ world }) {
    world.breakQuestionsAt(world.servers.restart())
  },
  'rotate-secret'({ world }) {
    world.breakQuestionsAt(world.servers.rotateSecret())
  },
  'sign-out'({ world: { servers } }) {
    servers.isSignedIn = false
  },
  lifecycle({ world: { clock, storage } }) {
    clock.at(0, () => void storage.removeUploads(), { process: storage.process })
  },
  'lose-part'({ world: { clock, storage } }) {
    clock.at(0, () => void storage.loseParts(), { process: storage.process })
  },
}
