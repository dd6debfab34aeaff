import { type FailureGroup, FailureGroups } from '../errors/failure-groups.js'
import { isOffline, type UploadRecord, type UploadStatus, uploadStatuses } from './upload-record.js'

/** All uploads together. Replaced, never changed. */
export interface UploadSummary {
  /** Number of files to be uploaded, in whatever state; those that were stored before are in `counts.stored` alone. */
  readonly total: number
  /** Number of files in each status. */
  readonly counts: Readonly<Record<UploadStatus, number>>
  /** Number of files that wait for the browser to be connected again. */
  readonly offline: number
  /** The files that could not be uploaded, by their cause, the newest at the end; a new array whenever one changed. */
  readonly failures: readonly FailureGroup[]
  /** Size of all files together, in bytes. */
  readonly bytesTotal: number
  /** Bytes sent of all files together. */
  readonly bytesUploaded: number
  /** Speed over the last seconds; 0 when nothing moves, and at once when the browser is offline. */
  readonly bytesPerSecond: number
  /** Estimate for all that is not yet sent; undefined while there is no speed to judge by. */
  readonly secondsLeft: number | undefined
}

/** Running totals, kept up to date one record at a time, so that no change costs more with more files. */
export class UploadTotals {
  total = 0
  offline = 0
  bytesTotal = 0
  bytesUploaded = 0
  readonly #failures = new FailureGroups()
  readonly counts = Object.fromEntries(uploadStatuses.map((status) => [status, 0])) as Record<
    UploadStatus,
    number
  >

  add(record: UploadRecord): void {
    this.#count(record, 1)
  }

  remove(record: UploadRecord): void {
    this.#count(record, -1)
  }

  summarize(recentBytesPerSecond: number): UploadSummary {
    const isStopped = this.offline > 0 && this.counts.uploading === 0
    const bytesPerSecond = isStopped ? 0 : recentBytesPerSecond
    const secondsLeft =
      bytesPerSecond > 0 ? (this.bytesTotal - this.bytesUploaded) / bytesPerSecond : undefined
    const { list: failures } = this.#failures
    return { ...this, counts: { ...this.counts }, failures, bytesPerSecond, secondsLeft }
  }

  #count(record: UploadRecord, sign: 1 | -1): void {
    this.counts[record.status] += sign
    if (record.status === 'stored') return
    this.total += sign
    if (record.status === 'failed') this.#failures.count(record.error, sign)
    if (isOffline(record)) this.offline += sign
    this.bytesTotal += sign * record.size
    this.bytesUploaded += sign * record.bytesUploaded
  }
}

/** Counts the files whose upload is going on, waiting to, or paused. */
export function countUnderWay({ counts }: Pick<UploadSummary, 'counts'>): number {
  return counts.waiting + counts.uploading + counts.finishing + counts.paused
}
