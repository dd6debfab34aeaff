import { useState } from 'react'
import { S3Uploader, type S3UploaderProps } from 's3-direct-upload'

/** An uploader on a page that can be left and visited again; every reader starts without unfinished uploads. */
export function RevisitedPage({ endpoint, ...props }: S3UploaderProps) {
  const [reader] = useState(() => crypto.randomUUID())
  const [isVisited, setVisited] = useState(true)
  return (
    <div style={{ display: 'grid', gap: '1rem', justifyItems: 'start' }}>
      {isVisited && (
        <S3Uploader
          {...props}
          endpoint={`${endpoint}?reader=${reader}`}
          style={{ inlineSize: '100%' }}
        />
      )}
      <button type="button" onClick={() => setVisited(!isVisited)}>
        {isVisited ? 'Leave the page' : 'Visit the page again'}
      </button>
    </div>
  )
}
