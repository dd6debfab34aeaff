import * as inParts from '../../../../src/upload/sending/in-parts.js'
import { UploadStore } from '../../../../src/upload/store/upload-store.js'
import { UploadEngine } from '../../../../src/upload/upload-engine.js'
import { createRandom, mulberry32 } from '../../../support/random.js'
import { Clock } from '../../clock/clock.js'
import { Trace } from '../../clock/trace.js'
import { createVirtualRuntime } from '../../clock/virtual-runtime.js'
import { Network } from '../network.js'
import type { Weather } from '../weather.js'
import { BlankFile } from './blank-file.js'
import { createInstantClient } from './instant-client.js'
import { LineTransport } from './line-transport.js'

const patienceMs = 4_000_000
/** The reference draws the losses of its first seed from this one. */
const lineSeed = 7919 + 17

/**
 * Uploads files of these sizes with the engine, without checksums and without a store for resuming; resolves with the
 * seconds until the last answer of the storage.
 *
 * @throws Error when a file is not complete in the end.
 */
export async function uploadLoad(weather: Weather, fileBytes: readonly number[]): Promise<number> {
  const clock = new Clock(new Trace({ isKept: false }))
  const lineClock = {
    get now() {
      return clock.now
    },
    at: (delayMs: number, run: () => void) => clock.atPlainly(delayMs, run),
  }
  const network = new Network(weather, { clock: lineClock, random: mulberry32(lineSeed) })
  const transport = new LineTransport({ clock, network, serverMs: weather.serverMs })
  const runtime = createVirtualRuntime(clock, createRandom('engine on a line'))
  const store = new UploadStore(runtime)
  const engine = new UploadEngine({
    store,
    client: createInstantClient((id) => store.get(id)?.size ?? 0),
    transport,
    runtime,
    loadParts: async () => inParts,
  })
  const ids = fileBytes.map((_, index) => `file-${index}`)
  let isDone = false
  clock.at(0, () => {
    store.add(ids.map((id, index) => factsOf(id, fileBytes[index] ?? 0)))
    engine.prepare(fileBytes)
    void Promise.all(ids.map((id) => engine.upload(id))).then(() => {
      isDone = true
    })
  })
  await clock.run(() => isDone, { untilMs: patienceMs, maxSteps: Number.POSITIVE_INFINITY })
  engine.destroy()
  const incomplete = ids.filter((id) => store.get(id)?.status !== 'complete')
  if (incomplete.length > 0) throw new Error(`${incomplete.length} files are not complete.`)
  return transport.lastAnswerMs / 1000
}

function factsOf(id: string, size: number) {
  return { id, uploadId: id, name: id, type: '', size, source: new BlankFile(size) }
}
