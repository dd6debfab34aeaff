'use client'

import { useState } from 'react'
import { S3Uploader } from 's3-direct-upload'

export function Attachments() {
  const [key, setKey] = useState('')
  return (
    <>
      <S3Uploader
        endpoint="/api/s3"
        maxFileSize="5GB"
        onUploadComplete={({ object }) => setKey(object.key)}
      />
      <output aria-label="Object key">{key}</output>
    </>
  )
}
