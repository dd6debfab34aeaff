import type { Runtime } from '../../async/runtime.js'
import type { ReadableUploadStore } from '../../upload/store/upload-store.js'
import { type AnnouncementTexts, type News, sentencesOf } from './announcement-sentences.js'
import { watchUploads } from './watch-uploads.js'

/** How news become sentences, and when. */
interface AnnouncementOptions {
  /** Asked when something is said: a change of the texts loses no news. */
  readonly texts: () => AnnouncementTexts
  readonly say: (sentences: readonly string[]) => void
  readonly runtime: Pick<Runtime, 'setTimer'>
  /** How long changes are gathered into one announcement. @default 500 */
  readonly gatherMs?: number
  /** How long single completions may wait while other uploads continue. @default 5000 */
  readonly maxWaitMs?: number
}

/** Puts what happens to uploads into few sentences: what came and went, what failed, how far all are. */
export function announceUploads(
  uploads: ReadableUploadStore,
  { say, runtime, gatherMs = 500, maxWaitMs = 5000, texts }: AnnouncementOptions,
): () => void {
  let news = noNews(uploads)
  let stopTimer: (() => void) | undefined
  let isSoon = false

  const speak = () => {
    const sentences = sentencesOf(news, uploads, texts())
    news = noNews(uploads)
    stopTimer = undefined
    isSoon = false
    if (sentences.length > 0) say(sentences)
  }
  const speakLater = () => {
    stopTimer ??= runtime.setTimer(speak, maxWaitMs)
  }
  const speakSoon = () => {
    if (isSoon) return
    stopTimer?.()
    stopTimer = runtime.setTimer(speak, gatherMs)
    isSoon = true
  }

  let before = listOf(uploads)
  const stopList = uploads.subscribe(() => {
    const now = listOf(uploads)
    if (now.some((part, index) => part !== before[index])) speakSoon()
    before = now
  })
  const stopWatching = watchUploads(uploads, () => ({
    onUploadComplete: (file) => news.complete.push(file) && speakLater(),
    onUploadError: (file) => news.failed.push(file) && speakSoon(),
    onRemove: (file) => news.removed.push(file),
    onPauseChange: (file) => {
      news.pauseChanges.set(file.id, file)
      speakSoon()
    },
    onAllSettled: speakSoon,
  }))
  return () => {
    stopTimer?.()
    stopList()
    stopWatching()
  }
}

/** What is told as soon as it changes. */
function listOf({ ids, interrupted, rejected, summary }: ReadableUploadStore) {
  return [ids, interrupted, rejected, summary.offline > 0] as const
}

function noNews({ summary, interrupted, rejected }: ReadableUploadStore): News {
  return {
    totalBefore: summary.total,
    interruptedBefore: interrupted,
    rejectedBefore: rejected,
    wasOffline: summary.offline > 0,
    complete: [],
    failed: [],
    removed: [],
    pauseChanges: new Map(),
  }
}
