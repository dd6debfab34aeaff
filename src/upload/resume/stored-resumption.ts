import type { Runtime } from '../../async/runtime.js'
import type { Digest } from '../checksum/sha256-base64.js'
import { handleOf } from '../store/file-handles.js'
import type { UploadRecord } from '../store/upload-record.js'
import { dateOf, isAlike, type Likeness, likenessOf } from './file-likeness.js'
import { fingerprintOf } from './fingerprint.js'
import {
  isResumable,
  parseResumeRecord,
  type ResumeRecord,
  recordVersion,
} from './resume-record.js'
import { IndexedDbResumeStore, type ResumeStore } from './resume-store.js'
import {
  deferredReservation,
  type InterruptedRecords,
  type MultipartFacts,
  type RecordedReservation,
  type Reservation,
  type ResumableMultipart,
  type ResumedUpload,
  type UploadIds,
  type UploadResumption,
} from './resumption.js'
import type { UploadLock } from './upload-lock.js'
import { createWebLock } from './web-lock.js'

/** What the resumption works with. */
export interface UploadResumptionOptions {
  readonly store: ResumeStore
  readonly lock: UploadLock
  /** URL of the signing endpoint. */
  readonly endpoint: () => string
  readonly wallNow: () => number
  /** Computes SHA-256. @default by Web Crypto */
  readonly digest?: Digest | undefined
  /** Hears what was saved for a file of the page, so that the app can keep it too. */
  readonly onSaved: (file: UploadIds, record: ResumeRecord | undefined) => void
  /** Hears of an upload of the same chosen file that was prepared into other bytes: it continues no more. */
  readonly onOutdated?: ((uploadId: string) => void) | undefined
  /** Hears that another tab has taken the upload of a file while this page was in the browser’s cache. */
  readonly onLost?: ((file: UploadIds) => void) | undefined
}

/** What a record has not when it is written first. */
type LaterFact = 'samples' | 'isDiscarded'

interface Claim {
  /** The file of this page that continues the upload. */
  readonly file?: UploadIds
  /** Whether it was found in our own store. */
  readonly isStoredHere?: boolean
}

/** The resumption over a store and a lock. */
export class StoredResumption implements UploadResumption, InterruptedRecords {
  readonly #options: UploadResumptionOptions

  constructor(options: UploadResumptionOptions) {
    this.#options = options
  }

  async resume(record: UploadRecord, source: Blob): Promise<ResumedUpload | undefined> {
    const { store, endpoint, onSaved, wallNow } = this.#options
    const print = await fingerprintOf(source, record, this.#options.digest).catch(() => undefined)
    if (print === undefined) return undefined
    const given = parseResumeRecord(record.resumeFrom)
    const found = await store.find(endpoint(), print)
    const isStoredHere = found.length > 0
    const isUsable = given?.fingerprint === print && isResumable(given, wallNow())
    const known = isUsable && !isStoredHere ? [given] : found
    if (known.length === 0) await this.#tellOutdated(record)
    const date = dateOf(record.chosen?.source ?? source, wallNow())
    const likeness = rememberLikeness(source, this.#options.digest)
    const isLike = async (saved: ResumeRecord) => isAlike(saved, await likeness(saved), date)
    for (const saved of await theLikeFirst(known, isLike)) {
      const claimed = await this.#claim(saved, { file: record, isStoredHere })
      if (!claimed) continue
      onSaved(record, saved)
      const sampleIfAlike = async () =>
        (await isLike(saved)) ? (await likeness(saved)).parts : undefined
      return { ...claimed, sampleIfAlike }
    }
    return undefined
  }

  reserve(record: UploadRecord, multipart: ResumableMultipart): Reservation {
    return deferredReservation(this.#begin(record, multipart).catch(() => undefined))
  }

  async interrupted(): Promise<readonly ResumeRecord[]> {
    const { store, lock, endpoint } = this.#options
    const records = await store.list(endpoint())
    const locked = await Promise.all(records.map(({ uploadId }) => lock.isLocked(uploadId)))
    return records.filter((_, index) => !locked[index])
  }

  async claim(uploadId: string): Promise<RecordedReservation | undefined> {
    const { store, lock, endpoint } = this.#options
    const release = await lock.tryLock(uploadId, () => {})
    if (!release) return undefined
    const saved = (await store.list(endpoint())).find((record) => record.uploadId === uploadId)
    if (saved) return this.#reservation(saved, release)
    release()
    return undefined
  }

  async claimStale(): Promise<readonly RecordedReservation[]> {
    const { store, endpoint } = this.#options
    const expired = await store.expired(endpoint())
    const claimed = await Promise.all(expired.map((saved) => this.#claim(saved)))
    return claimed.filter((upload) => upload !== undefined)
  }

  async #begin(
    record: UploadRecord,
    multipart: ResumableMultipart,
  ): Promise<Reservation | undefined> {
    const { store, lock, endpoint, wallNow, onSaved, onLost } = this.#options
    const { source } = record
    const print = source && (await fingerprintOf(source, record, this.#options.digest))
    const release = print && (await lock.tryLock(record.uploadId, () => onLost?.(record)))
    if (!source || !print || !release) return undefined
    const chosen = record.chosen?.source ?? source
    const own = {
      uploadId: record.uploadId,
      location: multipart.location,
      endpoint: endpoint(),
      file: { ...resumableFile(record), lastModified: dateOf(chosen, wallNow()) },
      fingerprint: print,
      chosenFingerprint: await this.#chosenPrintOf(record),
      version: recordVersion,
      savedAt: wallNow(),
      handle: handleOf(chosen),
    } satisfies Record<keyof Omit<ResumeRecord, keyof MultipartFacts | LaterFact>, unknown>
    const saved: ResumeRecord = { ...multipart.facts, ...own }
    await store.save(saved)
    onSaved(record, saved)
    const reservation = this.#reservation(saved, release, record)
    // Of a large file this takes a while; without it a page may still resume by the parts' checksums.
    void likenessOf(source, saved, this.#options.digest)
      .then(reservation.addSamples)
      .catch(() => undefined)
    return reservation
  }

  /** The fingerprint of a prepared file as it was chosen, as far as it is known. */
  async #chosenPrintOf(record: UploadRecord): Promise<string | undefined> {
    const { chosen } = record
    if (!chosen?.source) return undefined
    return await fingerprintOf(chosen.source, { ...record, ...chosen }, this.#options.digest)
  }

  /** The same file was prepared into other bytes before: parts of them are of no use. */
  async #tellOutdated(record: UploadRecord): Promise<void> {
    const { store, endpoint, onOutdated } = this.#options
    const print = await this.#chosenPrintOf(record).catch(() => undefined)
    if (print === undefined) return
    for (const { chosenFingerprint, uploadId } of await store.list(endpoint())) {
      if (chosenFingerprint === print) onOutdated?.(uploadId)
    }
  }

  async #claim(
    saved: ResumeRecord,
    { file, isStoredHere = true }: Claim = {},
  ): Promise<RecordedReservation | undefined> {
    const { store, lock, onLost } = this.#options
    const release = await lock.tryLock(saved.uploadId, () => file && onLost?.(file))
    if (!release) return undefined
    // Another tab may have ended the upload between the look and the lock.
    if (!isStoredHere || (await store.has(saved))) return this.#reservation(saved, release, file)
    release()
    return undefined
  }

  #reservation(saved: ResumeRecord, release: () => void, file?: UploadIds) {
    const { store, onSaved } = this.#options
    let isWanted = true
    let latest = saved
    return {
      record: saved,
      async addSamples({ samples }: Likeness) {
        latest = { ...saved, samples }
        // Another page may have ended the upload meanwhile.
        if (!(await store.has(saved)) || !isWanted) return
        if (file) onSaved(file, latest)
        await store.save(latest)
      },
      markDiscarded() {
        isWanted = false
        void store.save({ ...latest, isDiscarded: true })
      },
      markWanted() {
        isWanted = true
        void store.save(latest)
      },
      forget() {
        isWanted = false
        if (file) onSaved(file, undefined)
        void store.remove(saved.uploadId).then(release)
      },
      release,
    }
  }
}

function resumableFile(record: UploadRecord): Omit<ResumeRecord['file'], 'lastModified'> {
  const { relativePath } = record
  const { name, type, size } = record.chosen ?? record
  const file = { name, type, size, relativePath }
  return file satisfies Record<keyof Omit<ResumeRecord['file'], 'lastModified'>, unknown>
}

/** Of several, perhaps of files that differ in the middle alone, that of this file; one is taken without a look. */
async function theLikeFirst(
  records: readonly ResumeRecord[],
  isLike: (record: ResumeRecord) => Promise<boolean>,
): Promise<readonly ResumeRecord[]> {
  if (records.length < 2) return records
  const likes = await Promise.all(records.map((record) => isLike(record).catch(() => false)))
  const rank = (record: ResumeRecord) => (likes[records.indexOf(record)] ? 0 : 1)
  return [...records].sort((a, b) => rank(a) - rank(b))
}

/** Files are mostly cut in one way only: they are read once for each. */
function rememberLikeness(
  source: Blob,
  digest: Digest | undefined,
): (plan: ResumeRecord) => Promise<Likeness> {
  const known = new Map<number, Promise<Likeness>>()
  return (plan) => {
    const likeness = known.get(plan.partSizeBytes) ?? likenessOf(source, plan, digest)
    known.set(plan.partSizeBytes, likeness)
    return likeness
  }
}

/** Creates the resumption of a browser: records in IndexedDB, tabs kept apart by Web Locks. */
export function createBrowserResumption(
  options: Pick<
    UploadResumptionOptions,
    'digest' | 'endpoint' | 'onSaved' | 'onLost' | 'onOutdated'
  >,
  { setTimer, wallNow }: Runtime,
): StoredResumption {
  return new StoredResumption({
    ...options,
    store: new IndexedDbResumeStore({ setTimer, wallNow }),
    lock: createWebLock(),
    wallNow,
  })
}
