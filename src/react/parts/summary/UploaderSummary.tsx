'use client'

import { countUnderWay } from '../../../upload/store/upload-summary.js'
import type { SummaryState } from '../../base/data-attributes.js'
import type { PartProps } from '../../base/part-props.js'
import { createPart } from '../../context/create-part.js'
import { useRoot } from '../../context/UploaderContext.js'
import { useClassNames } from '../../context/usePart.js'
import { useSummary } from '../../context/useSummary.js'
import { isAllComplete, isAllPaused } from '../../hooks/total-progress.js'
import { UploaderAction } from '../action/UploaderAction.js'
import { UploaderProgress } from '../action/UploaderProgress.js'
import { UploaderCount } from './UploaderCount.js'
import { UploaderFacts } from './UploaderFacts.js'

/** Props of `Uploader.Summary`. */
interface SummaryProps extends PartProps<'div', SummaryState> {
  /** Whether it is there with one file, too. @default false */
  readonly always?: boolean | undefined
}

/** All files in one line, with the buttons that act on all of them, unless it has children. Renders a `<div>`. */
export const UploaderSummary = createPart<'div', SummaryState, SummaryProps>(
  ['div', 'summary', 's3u-summary'],
  function useSummaryPart({ always, ...given }) {
    const summary = useSummary()
    return {
      state: {
        paused: isAllPaused(summary),
        complete: isAllComplete(summary),
        offline: summary.offline > 0,
      },
      given,
      own: { children: <UsualSummary /> },
      isAbsent: summary.total < (always ? 1 : 2),
    }
  },
)

function UsualSummary() {
  const classOf = useClassNames()
  const { isField } = useRoot()
  const isUnderWay = countUnderWay(useSummary()) > 0
  const end = isField ? 'remove-all' : 'clear'
  return (
    <>
      <div className={classOf('s3u-summary-text')}>
        <UploaderCount />
        <UploaderFacts />
      </div>
      <UploaderAction action="pause-all" />
      <UploaderAction action="retry-all" />
      <UploaderAction action="start" />
      {/* Each a button of its own: one that is pressed in the moment of the change must not do something else. */}
      {isUnderWay ? (
        <UploaderAction key="cancel" action="cancel-all" />
      ) : (
        <UploaderAction key="end" action={end} />
      )}
      <UploaderProgress />
    </>
  )
}
