import type { UploadRecord } from '../store/upload-record.js'
import type { ResumeRecord } from './resume-record.js'

/** What identifies a multipart upload to the server, and how its file is cut. */
export type MultipartFacts = Pick<
  ResumeRecord,
  'token' | 'key' | 'partSizeBytes' | 'partCount' | 'checksumAlgorithm'
>

/** A multipart upload, as far as a later page has to know it. */
export interface ResumableMultipart {
  readonly facts: MultipartFacts
  /** URL of the object, once a part was signed. */
  readonly location: string | undefined
}

/** Keeps unfinished uploads over a reload and gives them back to the file they belong to: what a file has to know. */
export interface UploadResumption {
  /** The interrupted upload of this very file, if no other tab continues it. */
  resume(record: UploadRecord, source: Blob): Promise<ResumedUpload | undefined>
  /** Saves an upload that has just started; in the background, since nothing waits for it. */
  reserve(record: UploadRecord, multipart: ResumableMultipart): Reservation
}

/** What earlier pages have left: what the list of interrupted uploads has to know. */
export interface InterruptedRecords {
  /** The interrupted uploads that no tab continues, the latest first. */
  interrupted(): Promise<readonly ResumeRecord[]>
  /** Takes an interrupted upload that is to be discarded. */
  claim(uploadId: string): Promise<RecordedReservation | undefined>
  /** Takes the uploads that are too old to resume, or that were cancelled or discarded. */
  claimStale(): Promise<readonly RecordedReservation[]>
}

/** An upload's place in the store, locked against other tabs. */
export interface Reservation {
  /** Notes that the upload is not to be resumed, in case the page closes before S3 hears of it. */
  markDiscarded(): void
  /** Notes that it may be resumed after all. */
  markWanted(): void
  /** The upload is complete or gone. */
  forget(): void
  /** Lets another page resume it. */
  release(): void
}

/** A reservation whose record was found. */
export interface RecordedReservation extends Reservation {
  readonly record: ResumeRecord
}

/** An upload that continues with a file of this page. */
export interface ResumedUpload extends RecordedReservation {
  /**
   * Reads a little of every part; undefined when the file is not what it was, as far as that shows.
   *
   * Rejects when the file cannot be read.
   */
  sampleIfAlike(): Promise<readonly string[] | undefined>
}

/** The file of the page that an upload belongs to, and which of its uploads. */
export type UploadIds = Pick<UploadRecord, 'id' | 'uploadId'>

/** Passes on what is asked for meanwhile, in the same order. */
export function deferredReservation(place: Promise<Reservation | undefined>): Reservation {
  return {
    markDiscarded: () => void place.then((reservation) => reservation?.markDiscarded()),
    markWanted: () => void place.then((reservation) => reservation?.markWanted()),
    forget: () => void place.then((reservation) => reservation?.forget()),
    release: () => void place.then((reservation) => reservation?.release()),
  }
}
