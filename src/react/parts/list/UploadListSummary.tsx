'use client'

import { countUnderWay, type UploadSummary } from '../../../upload/store/upload-summary.js'
import { present, type UploadSummaryDataAttributes } from '../../base/data-attributes.js'
import { countPausable, isAllPaused, totalShareOf } from '../../hooks/total-progress.js'
import { tellComplete } from '../../text/tell-complete.js'
import { DotList } from '../elements/DotList.js'
import { CheckIcon } from '../elements/icons.js'
import { Button } from '../root/Button.js'
import { useUploader } from '../root/UploaderContext.js'

interface UploadListSummaryProps {
  readonly summary: UploadSummary
  /** Whether a button starts what has not been started. */
  readonly canStart: boolean
}

/** All uploads in one line, with the buttons that act on all of them. Renders a `<div>`. */
export function UploadListSummary({ summary, canStart }: UploadListSummaryProps) {
  const { actions, translate } = useUploader()
  const { ready, failed, paused } = summary.counts
  const pausable = countPausable(summary)
  const state: UploadSummaryDataAttributes = { 'data-paused': present(isAllPaused(summary)) }

  return (
    <div className="s3u-summary" {...state}>
      <div className="s3u-summary-text">
        <p className="s3u-summary-count">
          <Count summary={summary} />
        </p>
        <p className="s3u-summary-facts">
          <DotList facts={useSummaryFacts(summary)} />
        </p>
      </div>
      {pausable + paused > 1 && (
        <Button
          action={pausable > 0 ? 'pause-all' : 'resume-all'}
          onClick={pausable > 0 ? actions.pauseAll : actions.resumeAll}
        >
          {translate(pausable > 0 ? 'pauseAll' : 'resumeAll')}
        </Button>
      )}
      {failed > 1 && (
        <Button action="retry-all" onClick={actions.retryAll}>
          {translate('retryAll')}
        </Button>
      )}
      {canStart && ready > 0 && (
        <Button action="start" onClick={actions.upload}>
          {translate('uploadXFiles', { smart_count: ready })}
        </Button>
      )}
      {summary.total > 1 && (
        <Button action="remove-all" onClick={actions.cancelAll}>
          {translate('removeAll')}
        </Button>
      )}
      <TotalProgress summary={summary} />
    </div>
  )
}

function Count({ summary }: { readonly summary: UploadSummary }) {
  const { translate } = useUploader()
  const { total, counts } = summary
  const { ready, complete } = counts
  if (ready === total) return <bdi>{translate('xFilesSelected', { smart_count: total })}</bdi>
  return (
    <>
      {complete === total && <CheckIcon />}
      <bdi>{tellComplete(summary, translate)}</bdi>
    </>
  )
}

function useSummaryFacts(summary: UploadSummary): string[] {
  const { translate, format } = useUploader()
  const { counts, bytesTotal, bytesUploaded, bytesPerSecond, secondsLeft } = summary
  const facts: string[] = []
  if (counts.failed > 0) facts.push(translate('xFailed', { smart_count: counts.failed }))
  if (countUnderWay(summary) === 0) return [...facts, format.bytes(bytesTotal)]

  const amounts = { complete: format.bytes(bytesUploaded), total: format.bytes(bytesTotal) }
  facts.push(format.percent(totalShareOf(summary)), translate('dataUploadedOfTotal', amounts))
  if (isAllPaused(summary)) return [...facts, translate('paused')]
  if (bytesPerSecond > 0) facts.push(format.bytesPerSecond(bytesPerSecond))
  if (secondsLeft) facts.push(translate('xTimeLeft', { time: format.seconds(secondsLeft) }))
  return facts
}

function TotalProgress({ summary }: { readonly summary: UploadSummary }) {
  const { translate, format } = useUploader()
  if (countUnderWay(summary) === 0) return null
  const share = totalShareOf(summary)
  return (
    <progress
      className="s3u-progress"
      value={share}
      aria-label={translate('totalProgress')}
      aria-valuetext={format.percent(share)}
    />
  )
}
