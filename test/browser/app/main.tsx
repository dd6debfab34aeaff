import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { S3Uploader, type S3UploaderProps } from 's3-direct-upload'
import 's3-direct-upload/styles.css'

/** The component with the props that the test puts into the URL. */
const query = new URLSearchParams(location.search)
const props = JSON.parse(query.get('props') ?? '{}') as Partial<S3UploaderProps>

/** What developers read of an error, for the tests to read it, too. */
const noteMessage: S3UploaderProps['onUploadError'] = (_file, { message }) => {
  document.documentElement.dataset.error = message
}

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <S3Uploader endpoint="/api/s3" onUploadError={noteMessage} {...props} />
    </StrictMode>,
  )
}
