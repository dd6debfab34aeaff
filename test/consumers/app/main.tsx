import { StrictMode, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { S3Uploader } from 's3-direct-upload'
import 's3-direct-upload/styles.css'

function App() {
  const [key, setKey] = useState('')
  return (
    <>
      <S3Uploader endpoint="/api/s3" onUploadComplete={(file) => setKey(file.object.key)} />
      <output aria-label="Object key">{key}</output>
    </>
  )
}

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
}
