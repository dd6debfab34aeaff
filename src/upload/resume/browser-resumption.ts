import { IndexedDbResumeStore } from './resume-store.js'
import {
  StoredResumption,
  type UploadResumption,
  type UploadResumptionOptions,
} from './stored-resumption.js'
import { createWebLock } from './upload-lock.js'

/** Creates the resumption of a browser: records in IndexedDB, tabs kept apart by Web Locks. */
export function createBrowserResumption(
  options: Pick<UploadResumptionOptions, 'endpoint' | 'onKept' | 'onLost'>,
): UploadResumption {
  return new StoredResumption({
    ...options,
    store: new IndexedDbResumeStore(),
    lock: createWebLock(),
    wallNow: Date.now,
  })
}
