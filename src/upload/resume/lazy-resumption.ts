import { keptBy } from './kept-by.js'
import type { UploadResumption } from './upload-resumption.js'

/**
 * Creates a resumption whose code is loaded beside the page's own, since no file waits for it but large ones.
 *
 * Where it cannot be loaded, uploads last as long as the page.
 */
export function createLazyResumption(load: () => Promise<UploadResumption>): UploadResumption {
  const loading = load().catch(() => undefined)
  return {
    resume: async (...file) => (await loading)?.resume(...file),
    keep: (...upload) => keptBy(loading.then((resumption) => resumption?.keep(...upload))),
    interrupted: async () => (await loading)?.interrupted() ?? [],
    claim: async (uploadId) => (await loading)?.claim(uploadId),
    claimUnwanted: async () => (await loading)?.claimUnwanted() ?? [],
  }
}
