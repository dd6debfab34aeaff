'use client'

import { createElement as h } from 'react'
import { S3Download, S3Uploader } from 's3-direct-upload'

/** Uploaders in all places that a scheme can come from; the outer one has the theme and class that the address says. */
export function LooksPage({ theme = 'auto', className }) {
  const uploader = { endpoint: '/api/s3', accept: 'image/*', maxFileSize: 2000 }
  const submit = (event) => event.preventDefault()
  return h(
    'main',
    null,
    h(
      'form',
      { id: 'outer', onSubmit: submit },
      h(S3Uploader, {
        ...uploader,
        theme,
        className,
        autoUpload: false,
        name: 'a',
        required: true,
      }),
      h(S3Download, { endpoint: '/api/s3', fileKey: 'a.png', theme }),
      h('button', { type: 'submit' }, 'Send'),
    ),
    h('div', { id: 'light', 'data-theme': 'light' }, h(S3Uploader, uploader)),
    h('div', { id: 'dark', className: 'dark' }, h(S3Uploader, uploader)),
    h(
      'div',
      { id: 'fixed-light', className: 'dark' },
      h(S3Uploader, { ...uploader, theme: 'light' }),
    ),
    h('div', { id: 'fixed-dark' }, h(S3Uploader, { ...uploader, theme: 'dark' })),
  )
}
