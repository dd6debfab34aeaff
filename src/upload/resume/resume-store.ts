import { createStore, delMany, get, keys, promisifyRequest, set, type UseStore } from 'idb-keyval'
import { createFailFast, type FailFast } from '../../async/fail-fast.js'
import type { Runtime } from '../../async/runtime.js'
import { markUnfinished } from '../store/unfinished-mark.js'
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
  /** Uploads of this endpoint that can still be resumed, the latest first. */
  list(endpoint: string): Promise<readonly ResumeRecord[]>
  /** Uploads of this endpoint that can no longer be resumed: abort and `remove` them. */
  expired(endpoint: string): Promise<readonly ResumeRecord[]>
  /** The uploads of this file that can still be continued, the latest first. */
  find(endpoint: string, fingerprint: string): Promise<readonly ResumeRecord[]>
  /** Whether a record is still kept. */
  has(record: ResumeRecord): Promise<boolean>
  /** Keeps a record in place of the one with the same `uploadId`. */
  save(record: ResumeRecord): Promise<void>
  remove(uploadId: string): Promise<void>
}

/** Where and how long records are kept. */
interface IndexedDbResumeStoreOptions extends Pick<Runtime, 'setTimer' | 'wallNow'> {
  /** @default 's3-direct-upload' */
  readonly databaseName?: string
  /** How long an upload waits for the database, in milliseconds. @default 3000 */
  readonly patienceMs?: number
}

/**
 * The store that outlives the page.
 *
 * Where IndexedDB is missing, refuses, is full or does not answer, it is empty and keeps nothing.
 */
export class IndexedDbResumeStore implements ResumeStore {
  readonly #withStore: UseStore
  readonly #attempt: FailFast
  readonly #wallNow: () => number

  constructor({
    databaseName = resumeDatabaseName,
    patienceMs = 3000,
    setTimer,
    wallNow,
  }: IndexedDbResumeStoreOptions) {
    this.#withStore = createStore(databaseName, 'resume-records')
    this.#attempt = createFailFast(patienceMs, { setTimer })
    this.#wallNow = wallNow
  }

  list(endpoint: string): Promise<readonly ResumeRecord[]> {
    return this.#attempt(async () => {
      const records = await this.#read([endpoint])
      return resumableAmong(records, this.#wallNow())
    }, [])
  }

  expired(endpoint: string): Promise<readonly ResumeRecord[]> {
    return this.#attempt(async () => {
      // All there is, so that records of endpoints no longer in use are forgotten some day.
      const records = await this.#read([])
      await this.#mark()
      return expiredAmong(records, this.#wallNow()).filter((record) => record.endpoint === endpoint)
    }, [])
  }

  find(endpoint: string, fingerprint: string): Promise<readonly ResumeRecord[]> {
    return this.#attempt(async () => {
      const records = await this.#read([endpoint, fingerprint])
      return resumableAmong(records, this.#wallNow())
    }, [])
  }

  has(record: ResumeRecord): Promise<boolean> {
    return this.#attempt(async () => {
      const stored: unknown = await get(keyOf(record), this.#withStore)
      return stored !== undefined
    }, false)
  }

  save(record: ResumeRecord): Promise<void> {
    return this.#attempt(async () => {
      const key = keyOf(record)
      const withoutHandle = { ...record, handle: undefined }
      // Not every browser can store a handle.
      await set(key, record, this.#withStore).catch(() => set(key, withoutHandle, this.#withStore))
      markUnfinished(true)
    }, undefined)
  }

  remove(uploadId: string): Promise<void> {
    return this.#attempt(async () => {
      const stored = await keys<IDBValidKey[]>(this.#withStore)
      const removed = stored.filter((key) => key[2] === uploadId)
      await delMany(removed, this.#withStore)
      await this.#mark()
    }, undefined)
  }

  /** Looks once more afterwards: another tab may have saved a record meanwhile. */
  async #mark(): Promise<void> {
    const isAny = async () => (await keys(this.#withStore)).length > 0
    markUnfinished(await isAny())
    if (await isAny()) markUnfinished(true)
  }

  /** What lies below the start of a key; what is of no use there is deleted. */
  async #read(keyStart: readonly string[]): Promise<readonly ResumeRecord[]> {
    // Among keys, an array comes after every text: https://w3c.github.io/IndexedDB/#key-construct
    const range = IDBKeyRange.bound([...keyStart], [...keyStart, []])
    const [foundKeys, values] = await this.#withStore('readonly', (store) =>
      Promise.all([
        promisifyRequest(store.getAllKeys(range)),
        promisifyRequest<unknown[]>(store.getAll(range)),
      ]),
    )
    const records = values.map((value) => parseUnforgotten(value, this.#wallNow()))
    const useless = foundKeys.filter((_, index) => !records[index])
    if (useless.length > 0) void this.#attempt(() => delMany(useless, this.#withStore), undefined)
    return records.filter((record) => record !== undefined)
  }
}

function keyOf({ endpoint, fingerprint, uploadId }: ResumeRecord): string[] {
  return [endpoint, fingerprint, uploadId]
}

function parseUnforgotten(value: unknown, now: number): ResumeRecord | undefined {
  const record = parseResumeRecord(value)
  return record && !isForgotten(record, now) ? record : undefined
}
