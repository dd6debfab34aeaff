import { type FailureGroup, failureCause } from '../../upload/errors/failure-groups.js'
import type { UploadRecord } from '../../upload/store/upload-record.js'
import type { UploadSummary } from '../../upload/store/upload-summary.js'

/** More causes than this would fill the page: those of the other files stay in their rows. */
const groupedAtMost = 3

/** What is said once for several files, the newest first. */
export function groupedFailures({
  failures,
}: Pick<UploadSummary, 'failures'>): readonly FailureGroup[] {
  return failures
    .filter(({ count }) => count > 1)
    .slice(-groupedAtMost)
    .reverse()
}

/** Whether the cause of a file is said once for it and others. */
export function isGrouped(file: UploadRecord, summary: UploadSummary): boolean {
  if (file.status !== 'failed') return false
  const cause = failureCause(file.error)
  return groupedFailures(summary).some(({ error }) => failureCause(error) === cause)
}
