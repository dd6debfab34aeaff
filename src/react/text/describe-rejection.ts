import type { RejectedFiles, RejectionReason } from '../../upload/store/rejected-files.js'
import type { AmountFormat } from './amount-format.js'
import type { Translate, UploaderMessageKey } from './messages.js'
import { tellRejection } from './rejection-message.js'

/** Why several files were rejected, where the sentence about one names it. */
const commonReasons: { readonly [Reason in RejectionReason]?: UploaderMessageKey } = {
  'file-too-large': 'tooLarge',
  'file-too-small': 'tooSmall',
  duplicate: 'addedBefore',
}

/** The files that were rejected for one reason, in one sentence: how many, the first names, and why. */
export function describeRejection(
  rejected: RejectedFiles,
  { translate, format }: { readonly translate: Translate; readonly format: AmountFormat },
): string {
  const { reason, message, names, count, isNamed } = tellRejection(rejected, translate)
  if (rejected.canAddAnyway) return translate('xInList', { smart_count: count })
  const [first] = names
  if (first === undefined || (count === 1 && isNamed)) return message
  if (count === 1) return translate('fileAndReason', { file: first, reason: message })

  const shown = count > 3 ? names.slice(0, 2) : names
  const more = count - shown.length
  const list = format.list(shown)
  const files = more > 0 ? translate('filesAndMore', { files: list, smart_count: more }) : list
  const summary = translate('xNotAdded', { smart_count: count })
  const common = commonReasons[reason]
  const why = isNamed ? common && translate(common) : message
  if (why) return translate('filesAndReason', { summary, files, reason: why })
  return translate('fileAndReason', { file: summary, reason: files })
}
