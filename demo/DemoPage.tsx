import { useCallback, useEffect, useState } from 'react'
import { S3Download, S3Uploader } from 's3-direct-upload'
import type { StoredFile } from './bucket-browser.js'

interface Bucket {
  readonly description: string
  readonly files: readonly StoredFile[]
  /** Absent where the line is what it is. */
  readonly isSlow?: boolean
}

const size = new Intl.NumberFormat('en', {
  notation: 'compact',
  style: 'unit',
  unit: 'byte',
  unitDisplay: 'narrow',
  maximumFractionDigits: 1,
})

/** The component as an app embeds it, and what then lies in the bucket. */
export function DemoPage() {
  const [bucket, setBucket] = useState<Bucket>()

  const refresh = useCallback(async () => {
    const response = await fetch('/api/files')
    setBucket(await response.json())
  }, [])

  useEffect(() => {
    void refresh()
  }, [refresh])

  const setSlow = async (isSlow: boolean) => {
    setBucket((latest) => latest && { ...latest, isSlow })
    await fetch(isSlow ? '/api/line?slow' : '/api/line', { method: 'POST' })
  }

  return (
    <main>
      <header>
        <h1>s3-direct-upload</h1>
        <p>
          Files go from this page straight to {bucket?.description ?? 'the bucket'}. The app’s
          server only signs.
        </p>
        <p>
          From 5 MiB on they go in parts. Pause one, or reload the page in the middle of it and add
          it again: it goes on where it stopped.
        </p>
        {bucket?.isSlow !== undefined && (
          <label>
            <input
              type="checkbox"
              checked={bucket.isSlow}
              onChange={(event) => void setSlow(event.target.checked)}
            />
            Slow line, 4 MB/s
          </label>
        )}
      </header>
      {/* Two at once, so that parts are soon complete: what is under way when it stops is sent again. */}
      <S3Uploader endpoint="/api/s3" concurrency={2} onAllSettled={refresh} />
      {bucket && bucket.files.length > 0 && <StoredFiles files={bucket.files} />}
    </main>
  )
}

function StoredFiles({ files }: { files: readonly StoredFile[] }) {
  return (
    <section>
      <h2>In the bucket</h2>
      <ul>
        {files.slice(0, 50).map((file) => (
          <li key={file.key}>
            <a
              href={`/api/files?open=${encodeURIComponent(file.key)}`}
              target="_blank"
              rel="noreferrer"
            >
              {file.key}
            </a>
            <span className="size">{size.format(file.size)}</span>
            <S3Download endpoint="/api/s3" fileKey={file.key} aria-label={`Download ${file.key}`} />
          </li>
        ))}
      </ul>
      {files.length > 50 && <p>… and {files.length - 50} more.</p>}
    </section>
  )
}
