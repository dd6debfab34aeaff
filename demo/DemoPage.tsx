import { useCallback, useEffect, useState } from 'react'
import { S3Uploader } from 's3-direct-upload'
import type { StoredFile } from './bucket-browser.js'

interface Bucket {
  readonly description: string
  readonly files: readonly StoredFile[]
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

  return (
    <main>
      <header>
        <h1>s3-direct-upload</h1>
        <p>
          Files go from this page straight to {bucket?.description ?? 'the bucket'}. The app’s
          server only signs.
        </p>
      </header>
      <S3Uploader endpoint="/api/s3" onComplete={refresh} />
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
            <span>{size.format(file.size)}</span>
          </li>
        ))}
      </ul>
      {files.length > 50 && <p>… and {files.length - 50} more.</p>}
    </section>
  )
}
