import type { UploadRecord } from '../upload/store/upload-record.js'
import type { ReadableUploadStore } from '../upload/store/upload-store.js'
import type { Translate } from './messages.js'
import { countUnderWay } from './total-progress.js'
import type { FailedUpload } from './uploader-options.js'
import { watchUploads } from './watch-uploads.js'

export interface AnnouncementOptions {
  readonly translate: Translate
  readonly say: (sentences: readonly string[]) => void
  /** How long news is gathered into one announcement. @default 500 */
  readonly gatherMs?: number
  /** How long single completions may wait while other uploads go on. @default 5000 */
  readonly patienceMs?: number
}

/** Puts what happens to uploads into few sentences: what came and went, what failed, how far all are. */
export function announceUploads(
  uploads: ReadableUploadStore,
  { translate, say, gatherMs = 500, patienceMs = 5000 }: AnnouncementOptions,
): () => void {
  let news = noNews(uploads)
  let timer: ReturnType<typeof setTimeout> | undefined
  let isSoon = false

  const speak = () => {
    const sentences = sentencesOf(news, uploads, translate)
    news = noNews(uploads)
    timer = undefined
    isSoon = false
    if (sentences.length > 0) say(sentences)
  }
  const speakLater = () => {
    timer ??= setTimeout(speak, patienceMs)
  }
  const speakSoon = () => {
    if (isSoon) return
    clearTimeout(timer)
    timer = setTimeout(speak, gatherMs)
    isSoon = true
  }

  let { ids } = uploads
  const stopList = uploads.subscribe(() => {
    if (ids !== uploads.ids) speakSoon()
    ids = uploads.ids
  })
  const stopWatching = watchUploads(uploads, () => ({
    onUploadComplete: (file) => news.complete.push(file) && speakLater(),
    onUploadError: (file) => news.failed.push(file) && speakSoon(),
    onFileRemove: (file) => news.removed.push(file),
    onComplete: speakSoon,
  }))
  return () => {
    clearTimeout(timer)
    stopList()
    stopWatching()
  }
}

interface News {
  readonly totalBefore: number
  readonly complete: UploadRecord[]
  readonly failed: FailedUpload[]
  readonly removed: UploadRecord[]
}

function noNews({ summary }: ReadableUploadStore): News {
  return { totalBefore: summary.total, complete: [], failed: [], removed: [] }
}

function sentencesOf(news: News, uploads: ReadableUploadStore, translate: Translate): string[] {
  const { summary } = uploads
  const { complete, failed, removed, totalBefore } = news
  const added = summary.total - totalBefore + removed.length
  const sentences: string[] = []
  if (added > 0) sentences.push(translate('xFilesAdded', { smart_count: added }))
  const [onlyRemoved] = removed
  if (removed.length > 1)
    sentences.push(translate('xFilesRemoved', { smart_count: removed.length }))
  else if (onlyRemoved) sentences.push(translate('fileRemoved', { file: onlyRemoved.name }))
  const [onlyFailed] = failed
  if (failed.length > 1) sentences.push(translate('xFailed', { smart_count: failed.length }))
  else if (onlyFailed) {
    const { name, error } = onlyFailed
    sentences.push(translate('fileAndReason', { file: name, reason: error.message }))
  }
  if (complete.length > 0) sentences.push(progressSentence(complete, uploads, translate))
  return sentences
}

function progressSentence(
  complete: readonly UploadRecord[],
  { summary }: ReadableUploadStore,
  translate: Translate,
): string {
  const [only] = complete
  const isOneOfMany = complete.length === 1 && countUnderWay(summary) > 0
  if (only && isOneOfMany) return translate('fileUploaded', { file: only.name })
  const values = { complete: summary.counts.complete, smart_count: summary.total }
  return translate('filesUploadedOfTotal', values)
}
