'use client'

import { useEffect, useState } from 'react'
import { useRuntime } from '../../base/RuntimeContext.js'
import { announceUploads } from '../../hooks/announce-uploads.js'
import { useUploader } from './UploaderContext.js'

/** Tells users of screen readers what has changed, once. Renders a `<div>` that nobody sees. */
export function Announcer() {
  const { uploads, translate, explain, format } = useUploader()
  const runtime = useRuntime()
  const [latest, setLatest] = useState<Announcement>({ number: 0, sentences: [] })
  useEffect(() => {
    const say = (sentences: readonly string[]) =>
      setLatest(({ number }) => ({ number: number + 1, sentences }))
    return announceUploads(uploads, { translate, explain, format, say, runtime })
  }, [uploads, translate, explain, format, runtime])

  return (
    <div className="s3u-announcer" role="status">
      {/* New elements every time, so that the same words are spoken again. */}
      <div key={latest.number}>
        {latest.sentences.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </div>
    </div>
  )
}

interface Announcement {
  readonly number: number
  readonly sentences: readonly string[]
}
