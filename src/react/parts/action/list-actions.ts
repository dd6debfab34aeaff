import { countUnderWay, type UploadSummary } from '../../../upload/store/upload-summary.js'
import { countPausable } from '../../hooks/total-progress.js'

/** What a button for all files says and does, by its action. */
export const listActions = {
  start: ['uploadXFiles', 'upload'],
  'pause-all': ['pauseAll', 'pauseAll'],
  'resume-all': ['resumeAll', 'resumeAll'],
  'retry-all': ['retryAll', 'retryAll'],
  'cancel-all': ['cancelAll', 'cancelAll'],
  'remove-all': ['removeAll', 'removeAll'],
  clear: ['clearList', 'clear'],
  undo: ['undo', 'undo'],
} as const

/** What can be done with all files. */
export type ListAction = keyof typeof listActions

/** What a button does: one that pauses all also resumes all, so that the focus stays on it. */
export function listActionNow(action: ListAction, summary: UploadSummary): ListAction {
  return action === 'pause-all' && countPausable(summary) === 0 ? 'resume-all' : action
}

/** What there is to act on. */
interface ListSituation {
  readonly summary: UploadSummary
  /** Whether uploads are started by a button. */
  readonly canStart: boolean
  /** Whether removed files can be brought back. */
  readonly canUndo: boolean
}

/** Whether there are files for it: several, but for the start and to bring some back. */
export function canDoOnAll(
  action: ListAction,
  { summary, canStart, canUndo }: ListSituation,
): boolean {
  const { ready, failed, paused } = summary.counts
  switch (action) {
    case 'start':
      return canStart && ready > 0
    case 'undo':
      return canUndo
    case 'retry-all':
      return failed > 1
    case 'resume-all':
      return paused > 1
    case 'pause-all':
      return countPausable(summary) + paused > 1
    case 'cancel-all':
      return countUnderWay(summary) > 0 && summary.total > 1
    default:
      return summary.total > 1
  }
}
