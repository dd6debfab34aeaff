import type { Body, Meta, UppyFile } from '@uppy/core'
import type { Runtime } from '../async/runtime.js'
import { UploadError } from '../upload/errors/upload-error.js'
import { createUploadId } from '../upload/store/upload-id.js'
import type {
  ChosenFile,
  FileContentFacts,
  FileFacts,
  UploadedState,
  UploadState,
} from '../upload/store/upload-record.js'

/** What the engine needs to know of an Uppy file. */
export function factsOf<M extends Meta, B extends Body>(file: UppyFile<M, B>): FileContentFacts {
  const { name, type, relativePath, ...rest } = file.meta
  const source = file.isRemote ? undefined : file.data
  return {
    name: name || file.name,
    type: type ?? file.type,
    size: source?.size ?? file.size ?? 0,
    relativePath: relativePath || undefined,
    metadata: textValues(rest),
    source,
    resumeFrom: (file as Partial<UppyMultipartState>).s3Multipart,
  } satisfies Record<keyof FileContentFacts, unknown>
}

/** A file of Uppy as a new upload. */
export function newUpload<M extends Meta, B extends Body>(
  file: UppyFile<M, B>,
  runtime: Runtime,
): FileFacts {
  const { s3Chosen } = file as Partial<PreparedState>
  return { ...factsOf(file), id: file.id, uploadId: createUploadId(runtime), chosen: s3Chosen }
}

/** The state of a file whose upload ended before this plugin was installed, such as before a reload. */
export function restoredState<M extends Meta, B extends Body>(
  file: UppyFile<M, B>,
): UploadState | undefined {
  const { progress, response, error } = file
  // Another uploader may have written the body.
  const body = response?.body as ResponseBody | undefined
  if (progress.uploadComplete && body?.receipt) {
    const { response: answer, isVerified, ...object } = body
    const state = { status: 'complete', object, response: answer, isVerified } as const
    return state satisfies Record<keyof UploadedState, unknown>
  }
  if (!error) return undefined
  return {
    status: 'failed',
    error: new UploadError(error, { code: 'unexpected', retryable: true }),
  }
}

/** What this plugin reports to Uppy as the body of a response. */
export type ResponseBody = UploadedState['object'] & Omit<UploadedState, 'status' | 'object'>

/** The field in which Uppy's own plugin for S3 keeps its state, so that Uppy resets it where it has to. */
export interface UppyMultipartState {
  readonly s3Multipart: unknown
}

/** Says that the app has prepared the file, and of which one; it survives a reload as JSON. */
export interface PreparedState {
  readonly s3Chosen: Omit<ChosenFile, 'source'> | undefined
}

/** The wire carries texts alone; what is no single value stays in the page. */
function textValues(meta: Readonly<Record<string, unknown>>): Record<string, string> | undefined {
  const texts = Object.entries(meta).flatMap(([name, value]): [string, string][] => {
    const isSingle =
      typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    return isSingle ? [[name, String(value)]] : []
  })
  return texts.length > 0 ? Object.fromEntries(texts) : undefined
}
