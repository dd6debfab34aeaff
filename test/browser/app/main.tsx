import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { S3Uploader, type S3UploaderProps } from 's3-direct-upload'
import 's3-direct-upload/styles.css'

/** The component with the props that the test puts into the URL. */
const query = new URLSearchParams(location.search)
const props = JSON.parse(query.get('props') ?? '{}') as Partial<S3UploaderProps>

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <S3Uploader endpoint="/api/s3" {...props} />
    </StrictMode>,
  )
}
