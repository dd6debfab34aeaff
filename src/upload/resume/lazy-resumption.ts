import { keptBy } from './kept-by.js'
import { createPatience } from './patience.js'
import type { UploadResumption } from './upload-resumption.js'

/** So long a large file waits for code that does not arrive. */
const patienceMs = 3000

/**
 * Creates a resumption whose code is loaded beside the page's own, since no file waits for it but large ones.
 *
 * Where it cannot be loaded, uploads last as long as the page.
 */
export function createLazyResumption(load: () => Promise<UploadResumption>): UploadResumption {
  const loading = load().catch(() => undefined)
  const attempt = createPatience(patienceMs)
  const loaded = () => attempt<UploadResumption | undefined>(() => loading, undefined)
  return {
    resume: async (...file) => (await loaded())?.resume(...file),
    keep: (...upload) => keptBy(loading.then((resumption) => resumption?.keep(...upload))),
    interrupted: async () => (await loading)?.interrupted() ?? [],
    claim: async (uploadId) => (await loading)?.claim(uploadId),
    claimUnwanted: async () => (await loading)?.claimUnwanted() ?? [],
  }
}
