import type { FileFacts, UploadRecord, UploadState } from './upload-record.js'

/** The parts of a record, apart: a change of one takes nothing from the others. */
export interface UploadParts {
  readonly facts: FileFacts
  readonly state: UploadState
  readonly bytesUploaded: number
}

/** The parts of a record, with the record that others read. */
export interface UploadEntry extends UploadParts {
  readonly record: UploadRecord
}

/** Makes the flat record of its parts. It names no fact, so that none can be forgotten. */
export function entryOf({ facts, state, bytesUploaded }: UploadParts): UploadEntry {
  return { facts, state, bytesUploaded, record: { ...facts, ...state, bytesUploaded } }
}
