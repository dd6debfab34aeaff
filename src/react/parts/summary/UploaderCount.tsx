'use client'

import { createPart } from '../../context/create-part.js'
import { useSummary } from '../../context/useSummary.js'
import { tellComplete } from '../../text/tell-complete.js'
import { Icon } from '../elements/Icon.js'

/** How many files there are, and how many are uploaded. Renders a `<p>`. */
export const UploaderCount = createPart(
  ['p', 'count', 's3u-summary-count'],
  function useCount(_, { translate }) {
    const summary = useSummary()
    const { total, counts } = summary
    const isStarted = counts.ready < total
    const text = isStarted
      ? tellComplete(summary, translate)
      : translate('xFilesSelected', { smart_count: total })
    const children = (
      <>
        {isStarted && counts.complete === total && <Icon name="check" />}
        <bdi>{text}</bdi>
      </>
    )
    return { own: { children } }
  },
)
