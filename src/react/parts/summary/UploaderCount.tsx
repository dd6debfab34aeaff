'use client'

import { createPart } from '../../context/create-part.js'
import { useCore } from '../../context/UploaderContext.js'
import { useSummary } from '../../context/useSummary.js'
import { tellComplete } from '../../text/tell-complete.js'
import { Icon } from '../elements/Icon.js'

/** How many files there are, and how many are uploaded. Renders a `<p>`. */
export const UploaderCount = createPart(
  ['p', 'count', 's3u-summary-count'],
  function useCount(_, { translate }) {
    const summary = useSummary()
    const { filesRead } = useCore()
    const { total, counts } = summary
    const isStarted = counts.ready < total
    const told = isStarted
      ? tellComplete(summary, translate)
      : translate('xFilesSelected', { smart_count: total })
    const isReading = filesRead !== undefined
    const text = isReading ? translate('readingFolders', { smart_count: filesRead }) : told
    const children = (
      <>
        {!isReading && isStarted && counts.complete === total && <Icon name="check" />}
        <bdi>{text}</bdi>
      </>
    )
    return { own: { children } }
  },
)
