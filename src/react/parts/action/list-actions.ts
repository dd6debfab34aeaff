import type { UploadSummary } from '../../../upload/store/upload-summary.js'
import { countPausable } from '../../hooks/total-progress.js'

/** What a button for all files says and does, by its action. */
export const listActions = {
  start: ['uploadXFiles', 'upload'],
  'pause-all': ['pauseAll', 'pauseAll'],
  'resume-all': ['resumeAll', 'resumeAll'],
  'retry-all': ['retryAll', 'retryAll'],
  'remove-all': ['removeAll', 'cancelAll'],
} as const

/** What can be done with all files. */
export type ListAction = keyof typeof listActions

/** What a button does: one that pauses all also resumes all, so that the focus stays on it. */
export function listActionNow(action: ListAction, summary: UploadSummary): ListAction {
  return action === 'pause-all' && countPausable(summary) === 0 ? 'resume-all' : action
}

/** Whether there are files for it: several, but for the start. */
export function canDoOnAll(action: ListAction, summary: UploadSummary, canStart: boolean): boolean {
  const { ready, failed, paused, stored } = summary.counts
  if (action === 'start') return canStart && ready > 0
  if (action === 'retry-all') return failed > 1
  if (action === 'resume-all') return paused > 1
  return (action === 'pause-all' ? countPausable(summary) + paused : summary.total + stored) > 1
}
