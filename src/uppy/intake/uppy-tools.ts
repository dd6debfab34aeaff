import { RestrictionError } from '@uppy/core'
import { getFileNameAndExtension, getFileType } from '@uppy/core/utils'
import { RejectionError } from './rejection-error.js'

/**
 * What the late code uses of Uppy, handed to it by the code that is there at first.
 *
 * Imported by both, Uppy would be a file of its own in a bundle: one more to load, and less well compressed.
 */
export const uppyTools = {
  RejectionError,
  RestrictionError,
  getFileNameAndExtension,
  getFileType,
}

/** What the late code uses of Uppy. */
export type UppyTools = typeof uppyTools
