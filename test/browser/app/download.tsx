import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { S3Download, type S3DownloadProps } from 's3-direct-upload'
import 's3-direct-upload/styles.css'

/** The component with the props that the test puts into the URL. */
const query = new URLSearchParams(location.search)
const props = JSON.parse(query.get('props') ?? '{"fileKey":"none"}') as S3DownloadProps

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <S3Download endpoint="/api/s3" {...props} />
    </StrictMode>,
  )
}
