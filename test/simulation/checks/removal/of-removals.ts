import { storedFileOf } from '../../../../src/upload/store/stored-file-of.js'
import type { Run } from '../../run/run-scenario.js'
import type { EventKind, Scenario } from '../../scenario/scenario.js'

/** What must hold of removed files when their time is over, while the pages are open. */
export function ofRemovals(run: Run): string[] {
  return [...toldOfRemovals(run), ...toAborted(run), ...backAgain(run)]
}

/** With these the app is not told of complete files. */
const untold: ReadonlySet<EventKind> = new Set(['take-out', 'cancel-all'])

/** The app hears of complete files that were removed, and of none that is still the value. */
function toldOfRemovals({ world: { removedKeys, scenario }, user }: Run): string[] {
  if (!removedKeys) return []
  const isLate = mayBeLate(scenario)
  const isTold = !scenario.events.some(({ kind }) => untold.has(kind))
  return user.tabs.flatMap(({ process, plugin: { uploads } }) => {
    const records = [...uploads.ids.map((id) => uploads.get(id)), ...uploads.standing]
    const kept = new Set(records.flatMap((record) => storedFileOf(record)?.key ?? []))
    const removed = [...kept].filter((key) => removedKeys.has(key))
    const gone = [...user.completed.values()].filter(
      ({ tab, key = '' }) => tab === process.name && !kept.has(key) && !removedKeys.has(key),
    )
    return [
      ...(isLate ? [] : removed).map(
        (key) => `REMOVED the app was told so of ${key}, which is the value`,
      ),
      ...(isTold ? gone : []).map(({ key }) => `REMOVED the app was not told of ${key}`),
    ]
  })
}

/** Nothing is sent to an upload that its page had aborted. */
function toAborted({ world: { storage, sends, scenario, removedKeys } }: Run): string[] {
  // That aborts, too.
  const hasLifecycle = scenario.events.some(({ kind }) => kind === 'lifecycle')
  if (!removedKeys || mayBeLate(scenario) || hasLifecycle) return []
  const aborted = storage.requests.filter(({ operation }) => operation === 'AbortMultipartUpload')
  return aborted
    .filter(({ status }) => status === 204)
    .flatMap(({ uploadId, atMs }) =>
      sends.all.filter(
        (send) => send.uploadId !== undefined && send.uploadId === uploadId && send.beganMs > atMs,
      ),
    )
    .map(({ file }) => `ABORTED ${file}: a part is sent to an upload that was aborted`)
}

/** A request to give up an upload may come after another one has begun under the same key. */
function mayBeLate({ faults }: Scenario): boolean {
  return faults.some(({ kind }) => kind === 'late-delivery' || kind === 'repeat')
}

/** What was brought back is there, unless it was removed again. */
function backAgain({ world: { scenario }, user }: Run): string[] {
  // There, another may have taken the place.
  if (scenario.options.isOneFile || scenario.events.some(({ kind }) => kind === 'replace'))
    return []
  return user.undone
    .filter(({ tab, name }) => tab.isOpen && !user.cancelled.has(name))
    .filter(({ tab, name }) => !tab.look().some((file) => file.name === name))
    .map(({ name }) => `UNDONE ${name} was to come back, and is not there`)
}
