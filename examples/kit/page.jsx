import { createRoot } from 'react-dom/client'
import { S3Uploader } from 's3-direct-upload'
import 's3-direct-upload/styles.css'

createRoot(document.getElementById('root')).render(
  <S3Uploader endpoint="/api/s3" maxFileSize="5GB" />,
)
