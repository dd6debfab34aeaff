import type { FileDescription } from '../../../../src/protocol/requests.js'
import { type Caller, idOfUpload, sha256Of, sizeOfUpload } from '../caller.js'
import { holdUpload } from '../held-upload.js'
import type { CallerStep, ScenarioUpload } from '../server-scenario.js'
import { retryPauseMs } from './retrying.js'

const usualTries = 5

type SignStep = Extract<CallerStep, { do: 'sign' }>

/** Has every upload signed that has not ended; asks again with a higher attempt where no answer came. */
export async function sign(
  caller: Caller,
  { attempt, patienceMs, maxTries = usualTries }: Omit<SignStep, 'do'>,
): Promise<void> {
  let wanted = caller.uploads.filter(({ name }) => !caller.ends.has(name))
  for (let tries = 1; tries <= maxTries && wanted.length > 0; tries += 1) {
    caller.signs += 1
    const { code, response, ...rest } = await caller.ask(
      {
        operation: 'sign-uploads',
        attempt: attempt ?? caller.signs,
        files: wanted.map((upload) => describe(caller, upload)),
      },
      { patienceMs: tries === 1 ? patienceMs : undefined },
    )
    if (code !== undefined && !('isRetryable' in rest && rest.isRetryable)) {
      for (const { name } of wanted) caller.ends.set(name, code)
      return
    }
    const again: ScenarioUpload[] = []
    for (const [index, upload] of wanted.entries()) {
      const entry = response?.files[index]
      if (entry && !('error' in entry)) caller.held.set(upload.name, holdUpload(entry))
      else if (!entry || entry.error.retryable) again.push(upload)
      else caller.ends.set(upload.name, entry.error.code)
    }
    wanted = again
    if (wanted.length > 0) await caller.wait(retryPauseMs(tries))
  }
}

function describe(caller: Caller, upload: ScenarioUpload): FileDescription {
  const { fileName, type, hasChecksum } = upload
  const { seed } = caller.world.scenario
  return {
    id: idOfUpload(seed, upload),
    name: fileName,
    type,
    size: sizeOfUpload(upload),
    ...(hasChecksum && {
      checksum: sha256Of(caller.bytesOf(upload)),
      checksumAlgorithm: 'SHA256' as const,
    }),
  }
}
