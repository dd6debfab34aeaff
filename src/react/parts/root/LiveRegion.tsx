'use client'

import { useEffect, useSyncExternalStore } from 'react'
import { useRuntime } from '../../base/RuntimeContext.js'
import { useLatest } from '../../base/useLatest.js'
import { visuallyHidden } from '../../base/visually-hidden.js'
import { useRoot } from '../../context/UploaderContext.js'
import { announceUploads } from '../../hooks/announce-uploads.js'

/** Tells users of screen readers what has changed, once. Renders a `<div>` that is not seen. */
export function LiveRegion() {
  const root = useRoot()
  const { uploads, liveRegion, unstyled } = root
  const { say, subscribe } = liveRegion
  const runtime = useRuntime()
  const read = () => liveRegion.count
  const count = useSyncExternalStore(subscribe, read, read)
  const latest = useLatest(root)
  useEffect(
    () => announceUploads(uploads, { texts: () => latest.current, say, runtime }),
    [uploads, latest, say, runtime],
  )

  return (
    <div
      role="status"
      className={unstyled ? undefined : 's3u-announcer'}
      style={unstyled ? visuallyHidden : undefined}
    >
      {/* New elements every time, so that the same words are spoken again. */}
      <div key={count}>
        {liveRegion.latest.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </div>
    </div>
  )
}
