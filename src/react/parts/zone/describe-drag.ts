import { describeTypes } from '../../text/accept-description.js'
import type { AmountFormat } from '../../text/amount-format.js'
import type { Translate } from '../../text/messages.js'

/** What is dragged, as far as the browser tells. */
interface Drag {
  readonly count: number | undefined
  readonly isFitting: boolean
}

/** How it is put into words, and which types are taken. */
interface DragTexts {
  readonly translate: Translate
  readonly format: AmountFormat
  readonly restrictions: { readonly allowedFileTypes: readonly string[] | null }
}

/** Says what happens when the files are let go: how many are added, or that none can be. */
export function describeDrag(
  { count, isFitting }: Drag,
  { translate, format, restrictions }: DragTexts,
): string {
  if (!isFitting) {
    const types = describeTypes(restrictions.allowedFileTypes ?? [], translate, format)
    return translate('cannotDrop', { types })
  }
  return count === undefined ? translate('dropHint') : translate('letGo', { smart_count: count })
}
