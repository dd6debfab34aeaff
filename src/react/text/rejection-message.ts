import type { RejectedFiles, RejectionReason } from '../../upload/store/rejected-files.js'
import type { Translate } from './messages.js'

/** What is said of a rejection that comes without words. */
const messages = {
  'file-unreadable': 'unreadable',
  'cannot-reopen': 'error:cannot-reopen',
  'interrupted-gone': 'error:interrupted-gone',
  'folder-empty': 'folderEmpty',
  'nothing-to-upload': 'nothingToUpload',
  'nothing-dropped': 'nothingDropped',
} as const satisfies { readonly [Reason in RejectionReason]?: string }

/** The name of the sentence for a reason. */
export type ReasonMessage = (typeof messages)[keyof typeof messages] | 'cannotBeAdded'

/** Files that were rejected for one reason, with a sentence for the user. */
export interface ToldRejection extends RejectedFiles {
  /** Why, for the user to read. */
  readonly message: string
  /** Whether `message` names the first file; for several, make a sentence of `reason` then. */
  readonly isNamed: boolean
}

/** Says by which sentence a reason is told. */
export function reasonMessage(reason: RejectionReason): ReasonMessage {
  const byReason: { readonly [Reason in RejectionReason]?: ReasonMessage } = messages
  return byReason[reason] ?? 'cannotBeAdded'
}

/** Adds the sentence: the words that the rejection came with, or that of its reason. */
export function tellRejection(
  group: RejectedFiles,
  translate: Translate<ReasonMessage>,
): ToldRejection {
  const { reason, words, names } = group
  const isNamed = names[0] !== undefined && words?.includes(names[0]) === true
  return { ...group, message: words ?? translate(reasonMessage(reason)), isNamed }
}
