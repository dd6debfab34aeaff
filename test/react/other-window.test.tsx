/** Files and elements of another window, such as a frame, are no instances of this one's classes. */

import { act, fireEvent, render, renderHook, waitFor } from '@testing-library/react'
import { createPortal } from 'react-dom'
import { S3Uploader, useS3Uploader } from 's3-direct-upload'
import { createTestS3, createTestTransport } from 's3-direct-upload/testing'
import { afterEach, expect, it } from 'vitest'
import { FileChecksums } from '../../src/upload/checksum/file-checksums.js'
import { fileOf, startEndpoint } from './render-uploader.js'

interface OtherWindow {
  readonly File: typeof File
  readonly Blob: typeof Blob
  readonly FormData: typeof FormData
  readonly DOMException: typeof DOMException
  readonly document: Document
}

function openWindow(): OtherWindow {
  const frame = document.createElement('iframe')
  document.body.append(frame)
  return frame.contentWindow as unknown as OtherWindow
}

afterEach(() => {
  for (const frame of document.querySelectorAll('iframe')) frame.remove()
})

it('a file of another window is uploaded', async () => {
  const { transport } = startEndpoint()
  const { result } = renderHook(() => useS3Uploader({ endpoint: '/api/s3', transport }))
  const file = new (openWindow().File)(['hello'], 'hello.txt', { type: 'text/plain' })
  expect(file).not.toBeInstanceOf(File)

  act(() => result.current.addFiles([file]))

  await waitFor(() => expect(result.current.summary.counts.complete).toBe(1))
})

it('a text pasted into a field of another window stays with it', () => {
  const { transport, signRequests } = startEndpoint()
  const other = openWindow()
  const field = other.document.createElement('textarea')
  render(
    createPortal(
      <S3Uploader endpoint="/api/s3" transport={transport} ref={(root) => root?.append(field)} />,
      other.document.body,
    ),
  )

  const clipboardData = { types: ['Files'], files: [fileOf('a.txt')], items: [] }
  const isTaken = !fireEvent.paste(field, { clipboardData })

  expect(isTaken).toBe(false)
  expect(signRequests).toEqual([])
})

it('a file that another window cannot read is named as such', async () => {
  const error = new (openWindow().DOMException)('Gone.', 'NotFoundError')
  const { signal } = new AbortController()
  const checksums = { prepare() {}, sha256: () => Promise.reject(error), destroy() {} }

  const computed = new FileChecksums(fileOf('a.txt'), { checksums, signal }).ofFile()

  await expect(computed).rejects.toMatchObject({ code: 'file-unreadable' })
})

it('the test transport takes a form and a file of another window', async () => {
  const s3 = createTestS3({
    buckets: ['photos'],
    credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'secret' },
  })
  const other = openWindow()
  const form = new other.FormData()
  form.append('key', 'a.txt')
  const send = (body: Blob | FormData) =>
    createTestTransport(s3).send({
      method: body instanceof other.FormData ? 'POST' : 'PUT',
      url: 'https://s3.test/photos',
      headers: {},
      body,
      signal: new AbortController().signal,
      onProgress: () => {},
    })

  // Refused for what is in them, not for what they are.
  expect((await send(form)).body).toContain('<Code>')
  expect((await send(new other.Blob(['hello']))).body).toContain('<Code>')
})
