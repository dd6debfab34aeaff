'use client'

import type { ReactNode } from 'react'
import type { UploadSummary as Summary } from '../../upload/store/upload-summary.js'
import { countUnderWay, totalShareOf } from '../total-progress.js'
import { useUploader } from '../UploaderContext.js'
import type { UploadActions } from '../useUploadActions.js'
import { Facts } from './Facts.js'
import { CheckIcon } from './icons.js'

export interface UploadSummaryProps {
  readonly summary: Summary
  /** Whether a button starts what has not been started. */
  readonly canStart: boolean
}

/** All uploads in one line, with the buttons that act on all of them. Renders a `<div>`. */
export function UploadSummary({ summary, canStart }: UploadSummaryProps) {
  const { actions, translate } = useUploader()
  const { ready, failed } = summary.counts

  return (
    <div className="s3u-summary">
      <div className="s3u-summary-text">
        <p className="s3u-summary-count">
          <Count summary={summary} />
        </p>
        <p className="s3u-summary-facts">
          <Facts facts={useSummaryFacts(summary)} />
        </p>
      </div>
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
      <TotalProgress summary={summary} />
    </div>
  )
}

function Count({ summary: { total, counts } }: { readonly summary: Summary }) {
  const { translate } = useUploader()
  const { ready, complete } = counts
  if (ready === total) return <bdi>{translate('xFilesSelected', { smart_count: total })}</bdi>
  return (
    <>
      {complete === total && <CheckIcon />}
      <bdi>{translate('filesUploadedOfTotal', { complete, smart_count: total })}</bdi>
    </>
  )
}

function useSummaryFacts(summary: Summary): string[] {
  const { translate, format } = useUploader()
  const { counts, bytesTotal, bytesUploaded, bytesPerSecond, secondsLeft } = summary
  const facts: string[] = []
  if (counts.failed > 0) facts.push(translate('xFailed', { smart_count: counts.failed }))
  if (countUnderWay(summary) === 0) return [...facts, format.bytes(bytesTotal)]

  const amounts = { complete: format.bytes(bytesUploaded), total: format.bytes(bytesTotal) }
  facts.push(format.percent(totalShareOf(summary)), translate('dataUploadedOfTotal', amounts))
  if (bytesPerSecond > 0) facts.push(format.bytesPerSecond(bytesPerSecond))
  if (secondsLeft) facts.push(translate('xTimeLeft', { time: format.seconds(secondsLeft) }))
  return facts
}

function TotalProgress({ summary }: { readonly summary: Summary }) {
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

interface ButtonProps {
  readonly action: 'retry-all' | 'start'
  readonly onClick: UploadActions['retryAll']
  readonly children: ReactNode
}

function Button({ action, onClick, children }: ButtonProps) {
  const { disabled } = useUploader()
  return (
    <button
      type="button"
      className="s3u-button"
      data-action={action}
      disabled={disabled}
      onClick={onClick}
    >
      {children}
    </button>
  )
}
