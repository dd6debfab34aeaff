'use client'

import { countUnderWay, type UploadSummary } from '../../../upload/store/upload-summary.js'
import { createPart } from '../../context/create-part.js'
import type { UploaderTexts } from '../../context/uploader-texts.js'
import { useSummary } from '../../context/useSummary.js'
import { isAllPaused, totalShareOf } from '../../hooks/total-progress.js'
import { DotList } from '../elements/DotList.js'

/** How far all files are, how fast, and what has failed. Renders a `<p>`. */
export const UploaderFacts = createPart(
  ['p', 'facts', 's3u-summary-facts'],
  function useFacts(_, texts) {
    return { own: { children: <DotList facts={factsOf(useSummary(), texts)} /> } }
  },
)

function factsOf(
  summary: UploadSummary,
  { translate, format }: Pick<UploaderTexts, 'translate' | 'format'>,
): string[] {
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
