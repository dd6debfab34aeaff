import {
  expiredAmong,
  type ResumeRecord,
  resumableAmong,
} from '../../src/upload/resume/resume-record.js'
import type { ResumeStore } from '../../src/upload/resume/resume-store.js'

/** Creates a store of unfinished uploads that keeps them as long as the test runs. */
export function createMemoryResumeStore({
  wallNow = Date.now,
}: {
  readonly wallNow?: () => number
} = {}): ResumeStore {
  const records = new Map<string, ResumeRecord>()
  const of = (endpoint: string) =>
    [...records.values()].filter((record) => record.endpoint === endpoint)

  return {
    list: async (endpoint) => resumableAmong(of(endpoint), wallNow()),
    expired: async (endpoint) => expiredAmong(of(endpoint), wallNow()),
    find: async (endpoint, fingerprint) =>
      resumableAmong(of(endpoint), wallNow()).filter(
        (record) => record.fingerprint === fingerprint,
      ),
    has: async ({ uploadId }) => records.has(uploadId),
    save: async (record) => {
      records.set(record.uploadId, record)
    },
    remove: async (uploadId) => {
      records.delete(uploadId)
    },
  }
}
