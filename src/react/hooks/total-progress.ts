import { countUnderWay, type UploadSummary } from '../../upload/store/upload-summary.js'

/** Number of files whose upload can be paused. */
export function countPausable({ counts }: UploadSummary): number {
  return counts.waiting + counts.uploading
}

/** The name of the text that says why a form is held. */
type FormBlocker = 'uploadsUnderWay' | 'uploadsPaused' | 'uploadsNotStarted' | 'uploadsFailed'

/** Says why a form cannot be sent without losing files; undefined when every file is uploaded. */
export function formBlocker({ counts }: UploadSummary): FormBlocker | undefined {
  if (counts.waiting + counts.uploading + counts.finishing > 0) return 'uploadsUnderWay'
  if (counts.paused > 0) return 'uploadsPaused'
  if (counts.ready > 0) return 'uploadsNotStarted'
  return counts.failed > 0 ? 'uploadsFailed' : undefined
}

/** Whether files are under way and all of them are paused. */
export function isAllPaused(summary: UploadSummary): boolean {
  return summary.counts.paused > 0 && summary.counts.paused === countUnderWay(summary)
}

/** Whether there are files and all of them are uploaded. */
export function isAllComplete({ total, counts }: UploadSummary): boolean {
  return total > 0 && counts.complete === total
}

/** Share of all bytes that is sent: 0 to 1, and 1 only when every file is complete. */
export function totalShareOf({ total, counts, bytesTotal, bytesUploaded }: UploadSummary): number {
  if (counts.complete === total) return 1
  const share = bytesTotal === 0 ? counts.complete / total : bytesUploaded / bytesTotal
  return Math.min(share, 0.99)
}
