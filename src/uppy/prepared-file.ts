import type { Body, Meta, Restrictions, UppyFile } from '@uppy/core'
import { UploadError } from '../upload/errors/upload-error.js'
import type { UploadRecord } from '../upload/store/upload-record.js'
import type { PreparedState } from './file-facts.js'
import type { UppyTools } from './intake/uppy-tools.js'

/** What of an Uppy file is another when the app has prepared it. */
export function preparedFile<M extends Meta, B extends Body>(
  { meta, progress }: UppyFile<M, B>,
  { name, type, size, source, chosen }: UploadRecord,
  { getFileNameAndExtension }: Pick<UppyTools, 'getFileNameAndExtension'>,
): object {
  const state: PreparedState = {
    s3Chosen: chosen && { name: chosen.name, type: chosen.type, size: chosen.size },
  }
  return {
    ...state,
    name,
    type,
    size,
    data: source,
    extension: getFileNameAndExtension(name).extension ?? '',
    meta: { ...meta, name, type },
    progress: { ...progress, bytesTotal: size },
  }
}

/** Throws an `UploadError` when a prepared file is too large or too small. */
export function requireFittingSize(
  { size }: { readonly size: number },
  { maxFileSize, minFileSize }: Restrictions,
): void {
  if (maxFileSize && size > maxFileSize) throw unfit('file-too-large', `more than ${maxFileSize}`)
  if (minFileSize && size < minFileSize) throw unfit('file-too-small', `less than ${minFileSize}`)
}

function unfit(code: 'file-too-large' | 'file-too-small', limit: string): UploadError {
  const message = `The file that \`prepare\` returned has ${limit} bytes.`
  return new UploadError(message, { code, retryable: false })
}
