import type { OpenUpload } from '../multipart/multipart-state.js'
import type { UploadRecord } from '../store/upload-record.js'
import { dateOf, isAlike, type Likeness, likenessOf } from './file-likeness.js'
import { fingerprintOf } from './fingerprint.js'
import { handleOf } from './open-handle.js'
import { parseResumeRecord, type ResumeRecord, recordVersion } from './resume-record.js'
import type { ResumeStore } from './resume-store.js'
import { keptBy } from './resumption.js'
import type { UploadLock } from './upload-lock.js'

/** Keeps unfinished uploads over a reload and gives them back to the file they belong to. */
export interface UploadResumption {
  /** The upload of this very file that an earlier page has left, if no other tab goes on with it. */
  resume(record: UploadRecord, source: Blob): Promise<ResumedUpload | undefined>
  /** Keeps an upload that has just begun; in the background, since nothing waits for it. */
  keep(record: UploadRecord, upload: OpenUpload): Kept
  /** What earlier pages have left and no tab goes on with, the latest first. */
  interrupted(): Promise<readonly ResumeRecord[]>
  /** Takes an upload that earlier pages have left and nobody is to go on with. */
  claim(uploadId: string): Promise<KeptUpload | undefined>
  /** Takes the uploads that are too old to go on with, or that were given up. */
  claimUnwanted(): Promise<readonly KeptUpload[]>
}

/** An upload's place in the store, locked against other tabs. */
export interface Kept {
  /** Notes that nobody wants the upload, in case the page closes before S3 hears of it. */
  markAbandoned(): void
  /** The upload is complete or gone. */
  forget(): void
  /** Lets another page go on with it. */
  release(): void
}

/** A kept upload and what is known of it. */
export interface KeptUpload extends Kept {
  readonly record: ResumeRecord
}

/** An upload that goes on with a file of this page. */
export interface ResumedUpload extends KeptUpload {
  /**
   * Reads a little of every part; undefined when the file is not what it was, as far as that shows.
   *
   * Rejects when the file cannot be read.
   */
  sampleIfAlike(): Promise<readonly string[] | undefined>
}

/** The file of the page that an upload belongs to, and which of its uploads. */
export type KeptFile = Pick<UploadRecord, 'id' | 'uploadId'>

/** What the resumption works with. */
export interface UploadResumptionOptions {
  readonly store: ResumeStore
  readonly lock: UploadLock
  /** URL of the signing endpoint. */
  readonly endpoint: () => string
  readonly wallNow: () => number
  /** Hears what is kept for a file of the page, so that others may keep it too. */
  readonly onKept: (file: KeptFile, record: ResumeRecord | undefined) => void
  /** Hears that another tab goes on with the upload of a file, since this page was in the browser’s cache. */
  readonly onLost?: ((file: KeptFile) => void) | undefined
}

interface Claim {
  /** The file of this page that goes on with the upload. */
  readonly file?: KeptFile
  /** Whether it was found in our own store. */
  readonly isKeptHere?: boolean
}

/** The resumption over a store and a lock. */
export class StoredResumption implements UploadResumption {
  readonly #options: UploadResumptionOptions

  constructor(options: UploadResumptionOptions) {
    this.#options = options
  }

  async resume(record: UploadRecord, source: Blob): Promise<ResumedUpload | undefined> {
    const { store, endpoint, onKept, wallNow } = this.#options
    const print = await fingerprintOf(source, record).catch(() => undefined)
    if (print === undefined) return undefined
    const given = parseResumeRecord(record.resumeFrom)
    const found = await store.find(endpoint(), print)
    const isKeptHere = found.length > 0
    const known = isKeptHere || given?.fingerprint !== print ? found : [given]
    const date = dateOf(source, wallNow())
    const likeness = rememberLikeness(source)
    const isLike = async (saved: ResumeRecord) => isAlike(saved, await likeness(saved), date)
    for (const saved of await theLikeFirst(known, isLike)) {
      const claimed = await this.#claim(saved, { file: record, isKeptHere })
      if (!claimed) continue
      onKept(record, saved)
      const sampleIfAlike = async () =>
        (await isLike(saved)) ? (await likeness(saved)).parts : undefined
      return { ...claimed, sampleIfAlike }
    }
    return undefined
  }

  keep(record: UploadRecord, upload: OpenUpload): Kept {
    return keptBy(this.#begin(record, upload).catch(() => undefined))
  }

  async interrupted(): Promise<readonly ResumeRecord[]> {
    const { store, lock, endpoint } = this.#options
    const records = await store.list(endpoint())
    const locked = await Promise.all(records.map(({ uploadId }) => lock.isLocked(uploadId)))
    return records.filter((_, index) => !locked[index])
  }

  async claim(uploadId: string): Promise<KeptUpload | undefined> {
    const { store, endpoint } = this.#options
    const saved = (await store.list(endpoint())).find((record) => record.uploadId === uploadId)
    return saved && (await this.#claim(saved))
  }

  async claimUnwanted(): Promise<readonly KeptUpload[]> {
    const { store, endpoint } = this.#options
    const expired = await store.expired(endpoint())
    const claimed = await Promise.all(expired.map((saved) => this.#claim(saved)))
    return claimed.filter((upload) => upload !== undefined)
  }

  async #begin(record: UploadRecord, upload: OpenUpload): Promise<Kept | undefined> {
    const { store, lock, endpoint, wallNow, onKept, onLost } = this.#options
    const { source } = record
    const print = source && (await fingerprintOf(source, record))
    const release = print && (await lock.tryLock(record.uploadId, () => onLost?.(record)))
    if (!source || !print || !release) return undefined
    const saved: ResumeRecord = {
      uploadId: record.uploadId,
      ...upload.facts,
      location: upload.location,
      endpoint: endpoint(),
      file: { ...resumableFile(record), lastModified: dateOf(source, wallNow()) },
      fingerprint: print,
      version: recordVersion,
      savedAt: wallNow(),
      handle: handleOf(source),
    }
    await store.save(saved)
    onKept(record, saved)
    const kept = this.#kept(saved, release, record)
    // Of a large file this takes a while, and without it a page may still go on by the parts' checksums.
    void likenessOf(source, saved)
      .then(kept.addSamples)
      .catch(() => undefined)
    return kept
  }

  async #claim(
    saved: ResumeRecord,
    { file, isKeptHere = true }: Claim = {},
  ): Promise<KeptUpload | undefined> {
    const { store, lock, onLost } = this.#options
    const release = await lock.tryLock(saved.uploadId, () => file && onLost?.(file))
    if (!release) return undefined
    // Another tab may have ended the upload between the look and the lock.
    if (!isKeptHere || (await store.has(saved))) return this.#kept(saved, release, file)
    release()
    return undefined
  }

  #kept(saved: ResumeRecord, release: () => void, file?: KeptFile) {
    const { store, onKept } = this.#options
    let isKept = true
    return {
      record: saved,
      async addSamples({ samples }: Likeness) {
        // Another page may have ended the upload meanwhile.
        if (!(await store.has(saved)) || !isKept) return
        const sampled = { ...saved, samples }
        if (file) onKept(file, sampled)
        await store.save(sampled)
      },
      markAbandoned() {
        isKept = false
        void store.save({ ...saved, isAbandoned: true })
      },
      forget() {
        isKept = false
        if (file) onKept(file, undefined)
        void store.remove(saved.uploadId).then(release)
      },
      release,
    }
  }
}

function resumableFile(record: UploadRecord): Omit<ResumeRecord['file'], 'lastModified'> {
  const { name, type, size, relativePath } = record
  return { name, type, size, relativePath }
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
function rememberLikeness(source: Blob): (plan: ResumeRecord) => Promise<Likeness> {
  const known = new Map<number, Promise<Likeness>>()
  return (plan) => {
    const likeness = known.get(plan.partSizeBytes) ?? likenessOf(source, plan)
    known.set(plan.partSizeBytes, likeness)
    return likeness
  }
}
