import { createFailFast } from '../../async/fail-fast.js'
import type { Runtime } from '../../async/runtime.js'
import {
  deferredReservation,
  type InterruptedRecords,
  type UploadResumption,
} from './resumption.js'

/** How the code of the resumption comes to the page. */
interface LazyResumptionOptions {
  readonly load: () => Promise<UploadResumption & InterruptedRecords>
  /** Whether an earlier page may have left anything: only then a file waits for the code. */
  readonly mayHoldRecords: () => Promise<boolean>
  readonly runtime: Pick<Runtime, 'setTimer'>
}

/** A resumption for files, and what the list of interrupted uploads asks by itself once the code is there. */
export interface LazyResumption extends UploadResumption {
  /** Undefined where the code cannot be loaded; never rejects. */
  readonly records: Promise<InterruptedRecords | undefined>
}

/** How long a large file waits for code that does not arrive. */
const patienceMs = 3000

/**
 * Creates a resumption whose code is loaded beside the page's own, since no file waits for it but large ones.
 *
 * Where it cannot be loaded, uploads last as long as the page.
 */
export function createLazyResumption({
  load,
  mayHoldRecords,
  runtime,
}: LazyResumptionOptions): LazyResumption {
  const isNeeded = mayHoldRecords().catch(() => true)
  const loading = isNeeded.then(load).catch(() => undefined)
  const attempt = createFailFast(patienceMs, runtime)
  const loaded = () => attempt<UploadResumption | undefined>(() => loading, undefined)
  return {
    async resume(record, source) {
      if (!record.resumeFrom && !(await attempt(() => isNeeded, true))) return undefined
      return (await loaded())?.resume(record, source)
    },
    reserve: (...upload) =>
      deferredReservation(loading.then((resumption) => resumption?.reserve(...upload))),
    records: loading,
  }
}
