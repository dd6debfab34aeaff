import type { InterruptedUpload } from '../../upload/store/interrupted-upload.js'
import type { RejectedFiles } from '../../upload/store/rejected-files.js'
import type { UploadRecord } from '../../upload/store/upload-record.js'
import type { ReadableUploadStore } from '../../upload/store/upload-store.js'
import { countUnderWay } from '../../upload/store/upload-summary.js'
import type { FailedUpload } from '../options/s3-uploader-options.js'
import type { AmountFormat } from '../text/amount-format.js'
import { describeRejection } from '../text/describe-rejection.js'
import type { Explain } from '../text/explain.js'
import type { Translate, UploaderMessageKey } from '../text/messages.js'
import { tellComplete } from '../text/tell-complete.js'

/** What has happened since the last announcement. */
export interface News {
  readonly totalBefore: number
  readonly interruptedBefore: readonly InterruptedUpload[]
  readonly rejectedBefore: readonly RejectedFiles[]
  readonly wasOffline: boolean
  readonly complete: UploadRecord[]
  readonly failed: FailedUpload[]
  readonly removed: UploadRecord[]
  /** By id, the latest of each. */
  readonly pauseChanges: Map<string, UploadRecord>
}

/** What announcements are made of. */
export interface AnnouncementTexts {
  readonly translate: Translate
  readonly explain: Explain
  readonly format: AmountFormat
}

/** Puts what has happened into few sentences: names one file, and only counts several. */
export function sentencesOf(
  news: News,
  uploads: ReadableUploadStore,
  texts: AnnouncementTexts,
): string[] {
  const { translate, explain } = texts
  const { complete, failed, interruptedBefore } = news
  const removed = [...news.removed, ...discardedSince(interruptedBefore, uploads)]
  const paused = [...news.pauseChanges.values()].filter(({ status }) => status === 'paused')
  const resumed = [...news.pauseChanges.values()].filter(({ status }) => status !== 'paused')
  const [onlyFailed] = failed
  const reason = onlyFailed ? explain(onlyFailed.error) : ''

  const counted = (key: UploaderMessageKey, count: number) =>
    count > 0 ? [translate(key, { smart_count: count })] : []
  /** Names the one file, and only counts several. */
  const about = (
    files: readonly { name: string }[],
    one: UploaderMessageKey,
    many: UploaderMessageKey,
  ) =>
    files.length === 1
      ? [translate(one, { file: files[0]?.name ?? '', reason })]
      : counted(many, files.length)

  const rejected = uploads.rejected.filter((group) => !news.rejectedBefore.includes(group))
  return [
    ...rejected.map((group) => describeRejection(group, texts)),
    ...counted('interruptedTitle', countInterruptedSince(interruptedBefore, uploads)),
    ...counted(
      'xFilesAdded',
      uploads.summary.total - news.totalBefore + countUploads(news.removed),
    ),
    ...about(removed, 'fileRemoved', 'xRemoved'),
    ...(news.removed.length > 0 && uploads.removed ? [translate('undoAvailable')] : []),
    ...about(paused, 'filePaused', 'xPaused'),
    ...about(resumed, 'fileResumed', 'xResumed'),
    ...about(failed, 'fileNotUploaded', 'xFailed'),
    ...connectionNews(news, uploads, translate),
    ...(complete.length > 0 ? [progressSentence(complete, uploads, translate)] : []),
  ]
}

function countUploads(files: readonly UploadRecord[]): number {
  return files.filter(({ status }) => status !== 'stored').length
}

/** That the connection has gone, or is back; nothing when all that waited for it has gone. */
function connectionNews(
  { wasOffline }: News,
  { summary }: ReadableUploadStore,
  translate: Translate,
): string[] {
  const isOffline = summary.offline > 0
  if (isOffline && !wasOffline) return [translate('noInternetConnection')]
  const isBack = wasOffline && !isOffline && countUnderWay(summary) > summary.counts.paused
  return isBack ? [translate('connectedToInternet')] : []
}

function countInterruptedSince(
  before: readonly InterruptedUpload[],
  { interrupted }: ReadableUploadStore,
): number {
  return interrupted.length > before.length ? interrupted.length : 0
}

/** What was taken from the list of interrupted uploads without being continued. */
function discardedSince(
  before: readonly InterruptedUpload[],
  uploads: ReadableUploadStore,
): readonly InterruptedUpload[] {
  if (before === uploads.interrupted) return []
  const left = new Set(uploads.interrupted.map(({ uploadId }) => uploadId))
  const names = new Set(uploads.ids.map((id) => uploads.get(id)?.name))
  return before.filter(({ uploadId, name }) => !left.has(uploadId) && !names.has(name))
}

function progressSentence(
  complete: readonly UploadRecord[],
  { summary }: ReadableUploadStore,
  translate: Translate,
): string {
  const [only] = complete
  const isOneOfMany = complete.length === 1 && countUnderWay(summary) > 0
  if (only && isOneOfMany) return translate('fileUploaded', { file: only.name })
  return tellComplete(summary, translate)
}
