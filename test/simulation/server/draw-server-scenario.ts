import type { TestS3Profile } from 's3-direct-upload/testing'
import { createRandom, type Random } from '../../support/random.js'
import { drawCallers } from './draw-callers.js'
import { drawServerEvents } from './draw-server-events.js'
import { drawServerFaults } from './draw-server-faults.js'
import type { HandlerFacts, ServerScenario } from './server-scenario.js'

/** Draws what a seed stands for; each list has a stream of its own. */
export function drawServerScenario(seed: number): ServerScenario {
  const stream = (what: string): Random => createRandom(`${what} of servers ${seed}`)
  return {
    seed,
    server: drawHandler(stream('handler')),
    ...drawCallers(stream('callers')),
    faults: drawServerFaults(stream('faults')),
    events: drawServerEvents(stream('events')),
  }
}

function drawHandler(random: Random): HandlerFacts {
  const profile = random.pick<TestS3Profile>(['aws', 'aws', 'aws', 'rgw16', 'rgw20', 'r2'])
  const hasTags = profile === 'aws' || profile === 'rgw20'
  return {
    // R2 takes no forms.
    method: random.chance(0.25) || profile === 'r2' ? 'PUT' : 'POST',
    profile,
    partMebibytes: random.pick([5, 8]),
    thresholdMebibytes: random.pick([5, 5, 32]),
    signatureSeconds: random.pick([600, 600, 60]),
    ...(random.chance(0.6) && { maxOpenUploads: random.pick([1, 2, 3, 6]) }),
    ...(random.chance(0.1) && { credentialSeconds: random.pick([120, 900]) }),
    ...(random.chance(0.3) && { secondClockAheadSeconds: random.pick([-20, 30, 120]) }),
    rules: {
      ...(random.chance(0.3) && { maxFileMebibytes: random.pick([1, 12]) }),
      ...(random.chance(0.3) && { accept: ['image/*', '.pdf'] }),
      ...(random.chance(0.1) && { maxFiles: 2 }),
    },
    ...(random.chance(0.3) && { quotaMebibytes: random.pick([5, 40]) }),
    ...(hasTags && random.chance(0.3) && { unclaimed: 'tag' }),
    hearsGivingUp: random.chance(0.8),
  }
}
