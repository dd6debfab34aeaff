import { createElement as h } from 'react'
import { S3Uploader, Uploader } from 's3-direct-upload'

/** A server component, which arranges the parts itself. */
export default function PartsPage() {
  return h(
    'main',
    null,
    h(S3Uploader, { endpoint: '/api/s3' }),
    h(
      Uploader.Root,
      { endpoint: '/api/s3', label: 'Photos', id: 'photos' },
      h(Uploader.Label),
      h(Uploader.Trigger),
      h(Uploader.List),
    ),
  )
}
