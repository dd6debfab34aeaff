import { createStore, delMany, get, keys, promisifyRequest, set } from 'idb-keyval'
import { createPatience } from './patience.js'
import { resumeDatabaseName } from './resume-database.js'
import {
  expiredAmong,
  isForgotten,
  parseResumeRecord,
  type ResumeRecord,
  resumableAmong,
} from './resume-record.js'

/** Keeps what continues unfinished uploads. No method ever rejects: an upload does not fail because of it. */
export interface ResumeStore {
  /** Uploads begun at this endpoint that can still be continued, the latest first. */
  list(endpoint: string): Promise<readonly ResumeRecord[]>
  /** Uploads begun at this endpoint that are too old to be continued: abort and `remove` them. */
  expired(endpoint: string): Promise<readonly ResumeRecord[]>
  /** The latest upload of this file that can still be continued. */
  find(endpoint: string, fingerprint: string): Promise<ResumeRecord | undefined>
  /** Whether a record is still kept. */
  has(record: ResumeRecord): Promise<boolean>
  /** Keeps a record in place of the one with the same `uploadId`. */
  save(record: ResumeRecord): Promise<void>
  remove(uploadId: string): Promise<void>
}

/** Where and how long records are kept. */
export interface IndexedDbResumeStoreOptions {
  /** @default 's3-direct-upload' */
  readonly databaseName?: string
  /** How long an upload waits for the database, in milliseconds. @default 3000 */
  readonly patienceMs?: number
  /** Wall-clock time in milliseconds. @default Date.now */
  readonly wallNow?: () => number
}

/**
 * Creates a store that outlives the page.
 *
 * Where IndexedDB is missing, refuses, is full or does not answer, the store is empty and keeps nothing.
 */
export function createIndexedDbResumeStore({
  databaseName = resumeDatabaseName,
  patienceMs = 3000,
  wallNow = Date.now,
}: IndexedDbResumeStoreOptions = {}): ResumeStore {
  const withStore = createStore(databaseName, 'resume-records')
  const attempt = createPatience(patienceMs)

  const read = async (keyStart: readonly string[]): Promise<readonly ResumeRecord[]> => {
    // Among keys, an array comes after every text: https://w3c.github.io/IndexedDB/#key-construct
    const range = IDBKeyRange.bound([...keyStart], [...keyStart, []])
    const [foundKeys, values] = await withStore('readonly', (store) =>
      Promise.all([
        promisifyRequest(store.getAllKeys(range)),
        promisifyRequest<unknown[]>(store.getAll(range)),
      ]),
    )
    const records = values.map((value) => parseUnforgotten(value, wallNow()))
    const useless = foundKeys.filter((_, index) => !records[index])
    if (useless.length > 0) void attempt(() => delMany(useless, withStore), undefined)
    return records.filter((record) => record !== undefined)
  }

  return {
    list: (endpoint) => attempt(async () => resumableAmong(await read([endpoint]), wallNow()), []),
    // Reads all there is, so that records of endpoints no longer in use are forgotten some day.
    expired: (endpoint) =>
      attempt(async () => {
        const records = await read([])
        return expiredAmong(records, wallNow()).filter((record) => record.endpoint === endpoint)
      }, []),
    find: (endpoint, fingerprint) =>
      attempt(
        async () => resumableAmong(await read([endpoint, fingerprint]), wallNow())[0],
        undefined,
      ),
    has: ({ endpoint, fingerprint, uploadId }) =>
      attempt(
        async () => (await get([endpoint, fingerprint, uploadId], withStore)) !== undefined,
        false,
      ),
    save: (record) =>
      attempt(async () => {
        const key = [record.endpoint, record.fingerprint, record.uploadId]
        const withoutHandle = { ...record, handle: undefined }
        // Not every browser can store a handle.
        await set(key, record, withStore).catch(() => set(key, withoutHandle, withStore))
      }, undefined),
    remove: (uploadId) =>
      attempt(async () => {
        const stored = await keys<IDBValidKey[]>(withStore)
        await delMany(
          stored.filter((key) => key[2] === uploadId),
          withStore,
        )
      }, undefined),
  }
}

function parseUnforgotten(value: unknown, now: number): ResumeRecord | undefined {
  const record = parseResumeRecord(value)
  return record && !isForgotten(record, now) ? record : undefined
}
