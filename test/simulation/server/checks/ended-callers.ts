import type { Caller } from '../caller.js'
import { wantsCompletion } from '../run-caller.js'
import type { ServerRun } from '../run-server-scenario.js'
import type { ScenarioUpload } from '../server-scenario.js'

/** Refusals by what the app has set; other checks hold them to it. */
const ofTheApp: ReadonlySet<string> = new Set([
  'complete',
  'file-too-large',
  'file-type-not-accepted',
  'too-many-files',
  'quota-exceeded',
])

/** After all faults, what a caller wants to complete must be complete, or refused for a reason that is true. */
export function endedCallers(run: ServerRun): string[] {
  return run.callers.filter(wantsCompletion).flatMap((caller) =>
    caller.uploads.flatMap((upload) => {
      const end = caller.ends.get(upload.name) ?? 'nothing'
      if (ofTheApp.has(end) || isTrue(end, upload, caller, run)) return []
      return [`STUCK ${caller.script.name} ${upload.name} ended with ${end}`]
    }),
  )
}

function isTrue(
  end: string,
  { name }: ScenarioUpload,
  { held }: Caller,
  { world, callers }: ServerRun,
): boolean {
  const { history } = world
  if (end === 'upload-exists') {
    return callers.some((other) => other.ends.get(name) === 'complete') || hasObject()
  }
  if (end !== 'upload-gone') return false
  const life = history.uploads.get(held.get(name)?.s3UploadId ?? '')
  // By a lifecycle rule, or by who was asked for it: other checks look at those.
  return life?.endedBy?.operation === 'AbortMultipartUpload'

  function hasObject(): boolean {
    const keys = callers.flatMap((other) => other.held.get(name)?.signed.key ?? [])
    return history.objects.some(({ key }) => keys.includes(key))
  }
}
