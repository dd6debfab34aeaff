import type { Body, Meta, Restrictions, Uppy, UppyFile } from '@uppy/core'
import { parseAcceptEntry } from '../../protocol/accepted-types.js'
import { isAccepted } from '../../protocol/is-accepted.js'
import type { RejectionReason } from '../../upload/store/rejected-files.js'

/** Why Uppy's restrictions reject a file. */
interface Violation {
  readonly reason: RejectionReason
  /** In Uppy's words, or those the app has given it. */
  readonly message: string
}

/** Says which of Uppy's restrictions for single files one breaks; where its type says nothing, its extension does. */
export function violationOf<M extends Meta, B extends Body>(
  uppy: Uppy<M, B>,
  file: UppyFile<M, B>,
): Violation | undefined {
  const { restrictions } = uppy.opts
  const extension = acceptedExtension(file, restrictions)
  const { message } = uppy.validateRestrictions(extension ? { ...file, extension } : file, []) ?? {}
  return message === undefined ? undefined : { reason: reasonOf(file, restrictions), message }
}

/** Tells a restriction by its rule, in the order in which Uppy looks at them. */
export function reasonOf<M extends Meta, B extends Body>(
  file: Pick<UppyFile<M, B>, 'name' | 'type' | 'size'>,
  restrictions: Restrictions,
): RejectionReason {
  const { allowedFileTypes, maxFileSize, minFileSize, maxTotalFileSize } = restrictions
  const size = file.size ?? 0
  if (allowedFileTypes && !isAccepted(file, entriesOf(allowedFileTypes))) {
    return 'file-type-not-accepted'
  }
  if (maxFileSize && size > maxFileSize) return 'file-too-large'
  if (minFileSize && size < minFileSize) return 'file-too-small'
  return maxTotalFileSize && size > maxTotalFileSize ? 'total-too-large' : 'other'
}

/** Uppy compares extensions without a dot in them alone: what fits `.tar.gz`, or another name of its type, is made to fit. */
function acceptedExtension<M extends Meta, B extends Body>(
  file: UppyFile<M, B>,
  { allowedFileTypes }: Restrictions,
): string | undefined {
  const extension = allowedFileTypes?.find(
    (type) => type.startsWith('.') && isAccepted(file, entriesOf([type])),
  )
  return extension?.slice(1)
}

function entriesOf(types: readonly string[]) {
  return types.flatMap((type) => parseAcceptEntry(type) ?? [])
}
