import type { Body, Meta, UppyFile } from '@uppy/core'
import type { UploadParts } from '../../upload/store/upload-entry.js'
import { isActive, type UploadState } from '../../upload/store/upload-record.js'

/** A file on its way back into the list. */
export interface ReturningFile<M extends Meta, B extends Body> {
  readonly parts: UploadParts
  /** Absent for one that Uppy did not have. */
  readonly uppyFile: UppyFile<M, B> | undefined
  /** Whether its upload is to go on, or to wait paused. */
  readonly isStarted: boolean
}

/** How a file comes back. */
interface ReturnOptions {
  readonly id: string
  /** Of a file whose upload was given up, that of the new one. */
  readonly newUploadId: string | undefined
  /** The state of a file that waits. */
  readonly waiting: UploadState
}

/** The file as it was; one that was under way waits, and one that was given up begins anew. */
export function returningFile<M extends Meta, B extends Body>(
  { facts, state, bytesUploaded }: UploadParts,
  uppyFile: UppyFile<M, B> | undefined,
  { id, newUploadId, waiting }: ReturnOptions,
): ReturningFile<M, B> {
  const isAnew = newUploadId !== undefined
  const goesOn = isActive(state) || (isAnew && state.status === 'complete')
  const isStarted = goesOn || state.status === 'paused'
  const uploadId = newUploadId ?? facts.uploadId
  return {
    isStarted,
    parts: {
      facts: { ...facts, id, uploadId, resumeFrom: isAnew ? undefined : facts.resumeFrom },
      state: goesOn ? waiting : state,
      bytesUploaded: isAnew ? 0 : bytesUploaded,
    },
    uppyFile: uppyFile && { ...uppyFile, ...(isAnew && fromTheStart(uppyFile)), id },
  }
}

/** What Uppy keeps of an upload is that of another one. */
function fromTheStart<M extends Meta, B extends Body>({ size }: UppyFile<M, B>) {
  const progress = {
    percentage: 0,
    bytesUploaded: false,
    bytesTotal: size,
    uploadComplete: false,
    uploadStarted: null,
  } as const
  return { s3Multipart: undefined, progress, response: undefined, uploadURL: undefined }
}
