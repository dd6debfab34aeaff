import { render, screen, waitFor, within } from '@testing-library/react'
import { createRef } from 'react'
import { S3Uploader } from 's3-direct-upload'
import { expect, it, vi } from 'vitest'
import { s3Refusal } from '../support/scripted-endpoint.js'
import {
  fileOf,
  findRejection,
  holdTransfers,
  inputOf,
  rejections,
  renderUploader,
  seen,
  transferOf,
} from './render-uploader.js'

const row = (name: string) => screen.getByText(name).closest('li')!

it('uploads a chosen file and says so', async () => {
  const onUploadComplete = vi.fn()
  const { choose } = renderUploader({ onUploadComplete })

  await choose(fileOf('notes.txt'))

  await within(await screen.findByRole('listitem')).findByText('Uploaded')
  await screen.findByText('File uploaded', seen)
  expect(onUploadComplete).toHaveBeenCalledExactlyOnceWith(
    expect.objectContaining({
      name: 'notes.txt',
      object: expect.objectContaining({ receipt: 'r-1:notes.txt:5' }),
    }),
  )
})

it('shows how far each file and all of them are', async () => {
  const { choose, endpoint } = renderUploader()
  const held = holdTransfers(endpoint)
  await choose(fileOf('a.txt', { size: 1000 }), fileOf('b.txt', { size: 1000 }))
  await waitFor(() => expect(held).toHaveLength(2))

  await transferOf(held, 'a.txt').progress(0.5)

  await within(row('a.txt')).findByText('Uploading 50%')
  expect(screen.getByRole('progressbar', { name: 'Progress of a.txt' })).toHaveAttribute(
    'aria-valuetext',
    '50%',
  )
  const total = screen.getByRole('progressbar', { name: 'Progress of all files' })
  await waitFor(() => expect(total).toHaveValue(0.25))
  expect(within(row('b.txt')).getByText('Uploading 0%')).toBeVisible()
})

it('never shows 100% before the server has confirmed', async () => {
  const { choose, endpoint } = renderUploader()
  const held = holdTransfers(endpoint)
  await choose(fileOf('a.txt', { size: 1000 }))
  await waitFor(() => expect(held).toHaveLength(1))

  await held[0]?.progress(1)

  await screen.findByText('Uploading 99%')
})

it('starts when the button is pressed if uploads do not start by themselves', async () => {
  const { choose, endpoint, user } = renderUploader({ autoUpload: false })
  await choose(fileOf('a.txt'), fileOf('b.txt'))
  expect(screen.getByText('2 files selected')).toBeVisible()
  expect(endpoint.signRequests).toEqual([])

  await user.click(screen.getByRole('button', { name: 'Upload 2 files' }))

  await screen.findByText('All 2 files uploaded', seen)
  expect(screen.queryByRole('button', { name: /^Upload / })).not.toBeInTheDocument()
})

it('says why a file failed and uploads it when retried', async () => {
  const onUploadError = vi.fn()
  const { choose, endpoint, user } = renderUploader({ onUploadError })
  const { onSend } = endpoint
  endpoint.onSend = async () => s3Refusal(400, 'InvalidArgument', 'No entry')
  await choose(fileOf('a.txt'))
  const message = await within(await screen.findByRole('listitem')).findByText(
    /did not accept the file/,
  )
  expect(message).toBeVisible()
  expect(onUploadError).toHaveBeenCalledExactlyOnceWith(
    expect.objectContaining({ name: 'a.txt' }),
    expect.objectContaining({ code: 'storage-rejected' }),
  )

  endpoint.onSend = onSend
  await user.click(screen.getByRole('button', { name: 'Try again: a.txt' }))

  await screen.findByText('Uploaded')
  expect(screen.queryByText(/did not accept the file/, seen)).not.toBeInTheDocument()
})

it('retries all failed files at once', async () => {
  const onAllSettled = vi.fn()
  const { choose, endpoint, user } = renderUploader({ onAllSettled })
  const { onSend } = endpoint
  endpoint.onSend = async () => s3Refusal(403, 'SignatureDoesNotMatch')
  await choose(fileOf('a.txt'), fileOf('b.txt'))
  await screen.findByText('2 failed', seen)

  endpoint.onSend = onSend
  await user.click(screen.getByRole('button', { name: 'Try all again' }))

  await screen.findByText('All 2 files uploaded', seen)
  expect(
    onAllSettled.mock.calls.map(([{ uploaded, failed }]) => [uploaded.length, failed.length]),
  ).toEqual([
    [0, 2],
    [2, 0],
  ])
})

it('cancels an upload and takes the file from the list', async () => {
  const onFileRemove = vi.fn()
  const { choose, endpoint, user } = renderUploader({ onFileRemove })
  const held = holdTransfers(endpoint)
  await choose(fileOf('a.txt'))
  await waitFor(() => expect(held).toHaveLength(1))

  await user.click(screen.getByRole('button', { name: 'Cancel upload: a.txt' }))

  expect(screen.queryByText('a.txt')).not.toBeInTheDocument()
  expect(endpoint.sent[0]?.signal.aborted).toBe(true)
  expect(onFileRemove).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ name: 'a.txt' }))
})

it('cancels all that is under way at once', async () => {
  const { choose, endpoint, user } = renderUploader()
  const held = holdTransfers(endpoint)
  await choose(fileOf('a.txt'))
  expect(screen.queryByRole('button', { name: 'Cancel all' })).not.toBeInTheDocument()
  await choose(fileOf('b.txt'))
  await waitFor(() => expect(held).toHaveLength(2))

  await user.click(await screen.findByRole('button', { name: 'Cancel all' }))

  expect(screen.queryByRole('listitem')).not.toBeInTheDocument()
  expect(endpoint.sent[1]?.signal.aborted).toBe(true)
  expect(screen.getByRole('button', { name: /browse/ })).toHaveFocus()
})

it.each([
  [{ maxFileSize: '1kB' }, fileOf('big.txt', { size: 1001 }), 'big.txt is larger than 1 kB.'],
  [{ minFileSize: 10 }, fileOf('small.txt'), 'small.txt: The file is smaller than 10 bytes.'],
  [
    { accept: 'image/*, .pdf' },
    fileOf('notes.txt'),
    'notes.txt: Only images, PDF can be added here.',
  ],
])(
  'refuses what %j does not allow and names the file and the limit',
  async (props, file, message) => {
    const { choose, endpoint, user } = renderUploader(props)

    await choose(file)

    expect(await findRejection()).toHaveTextContent(message)
    expect(endpoint.signRequests).toEqual([])
    await user.click(screen.getByRole('button', { name: `Hide: ${file.name}` }))
    expect(rejections()).toEqual([])
  },
)

it('gathers refusals for one reason, the latest reason first', async () => {
  const { choose } = renderUploader({ accept: 'image/*', maxFileSize: 10 })
  await choose(...Array.from({ length: 4 }, (_, index) => fileOf(`${index}.txt`)))
  await choose(fileOf('large.png', { size: 11, type: 'image/png' }))

  await choose(fileOf('latest.txt'))

  const texts = () => rejections().map(({ textContent }) => textContent)
  await waitFor(() =>
    expect(texts()[0]).toContain('5 files were not added: 0.txt, 1.txt and 3 more.'),
  )
  expect(texts()).toHaveLength(2)
})

it('takes the first files where their number is limited, and names the others', async () => {
  const { choose, endpoint } = renderUploader({ maxFiles: 2 })

  await choose(fileOf('a.txt'), fileOf('b.txt'), fileOf('c.txt'), fileOf('d.txt'))

  expect(await findRejection()).toHaveTextContent(
    '2 files were not added: c.txt, d.txt. No more than 2 files can be added.',
  )
  await waitFor(() => expect(endpoint.sent).toHaveLength(2))
  expect(screen.getAllByRole('listitem')).toHaveLength(2)
})

it('says one sentence of many refusals for one reason', async () => {
  const { choose, user } = renderUploader({ accept: 'image/*' })

  await choose(...Array.from({ length: 10 }, (_, index) => fileOf(`${index}.txt`)))

  expect(await findRejection()).toHaveTextContent(
    '10 files were not added: 0.txt, 1.txt and 8 more. Only images can be added here.',
  )
  await user.click(screen.getByRole('button', { name: 'Hide' }))
  expect(rejections()).toEqual([])
})

it('hands restrictions to the file dialog and says them', () => {
  const { container } = renderUploader({ accept: 'image/*,.pdf', maxFileSize: '10MB', maxFiles: 1 })

  const trigger = screen.getByRole('button', { name: 'Drop a file here or browse' })

  expect(container.querySelector('input')).toHaveAttribute('accept', 'image/*,.pdf')
  expect(container.querySelector('input')).not.toHaveAttribute('multiple')
  expect(trigger).toHaveAccessibleDescription('images, PDF\u00a0· up to 10 MB each\u00a0· 1 file')
})

it('has the file dialog choose folders where it is told so', () => {
  const { container, change } = renderUploader({ directory: true })
  expect(inputOf(container)).toHaveAttribute('webkitdirectory')

  change({ directory: false })

  expect(inputOf(container)).not.toHaveAttribute('webkitdirectory')
})

it('takes nothing and lets nothing be pressed when disabled', async () => {
  const { choose, change, endpoint } = renderUploader()
  await choose(fileOf('a.txt'))
  await screen.findByText('Uploaded')

  change({ disabled: true })
  await choose(fileOf('b.txt'))

  for (const button of screen.getAllByRole('button')) expect(button).toBeDisabled()
  expect(endpoint.signRequests).toHaveLength(1)
})

it('obeys changed props without starting anew', async () => {
  const first = vi.fn()
  const second = vi.fn()
  const { choose, change, endpoint } = renderUploader({ onUploadComplete: first })
  const held = holdTransfers(endpoint)
  await choose(fileOf('a.txt'))
  await waitFor(() => expect(held).toHaveLength(1))

  change({ onUploadComplete: second, maxFileSize: 3, metadata: { album: '7' } })
  await held[0]?.finish()
  await choose(fileOf('too-big.txt'), fileOf('b.txt', { size: 2 }))
  await waitFor(() => expect(held).toHaveLength(2))
  await held[1]?.finish()

  expect(await findRejection()).toHaveTextContent('too-big.txt is larger than 3 bytes')
  expect(first).not.toHaveBeenCalled()
  await waitFor(() => expect(second).toHaveBeenCalledTimes(2))
  expect(endpoint.signRequests.at(-1)).toMatchObject([{ name: 'b.txt', metadata: { album: '7' } }])
})

it('sends headers to the endpoint as they are at that moment', async () => {
  const { choose, change } = renderUploader({ headers: { authorization: 'old' } })
  const sent: unknown[] = []
  const { fetch } = globalThis
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    // The page of an earlier test may still take an upload back.
    if (!String(init.body).includes('abort-uploads')) {
      sent.push([url, (init.headers as Record<string, string>).authorization, init.credentials])
    }
    return fetch(url, init)
  })

  change({ headers: () => ({ authorization: 'new' }), endpoint: '/other', credentials: 'include' })
  await choose(fileOf('a.txt'))
  await screen.findByText('Uploaded')

  expect(sent).toEqual([
    ['/other', 'new', 'include'],
    ['/other', 'new', 'include'],
  ])
})

it('shows texts of a locale, and Uppy’s refusals in them too', async () => {
  const strings = { browseFiles: 'Dateien wählen', exceedsSize: '%{file} ist größer als %{size}' }
  const { choose } = renderUploader({ maxFileSize: 2, locale: { strings } })

  await choose(fileOf('a.txt'))

  expect(screen.getByRole('button', { name: 'Drop files here or Dateien wählen' })).toBeVisible()
  expect(await findRejection()).toHaveTextContent('a.txt ist größer als 2 bytes')
})

it('gives the app its outermost element', () => {
  const ref = createRef<HTMLDivElement>()
  const { container } = render(<S3Uploader endpoint="/api/s3" ref={ref} />)

  expect(ref.current).toBe(container.firstElementChild)
})

it('keeps what else an element takes', () => {
  const { container } = renderUploader({
    className: 'mine',
    title: 'Mine',
    theme: 'dark',
    children: 'More',
  })

  expect(container.firstElementChild).toHaveClass('s3u', 'mine')
  expect(container.firstElementChild).toHaveAttribute('title', 'Mine')
  expect(container.firstElementChild).toHaveAttribute('data-theme', 'dark')
  expect(screen.getByText('More')).toBeVisible()
})

it('explains failures in the words of a locale', async () => {
  const locale = { strings: { 'error:storage-denied': 'Der Speicher hat abgelehnt.' } }
  const { choose, endpoint } = renderUploader({ locale })
  endpoint.onSend = async () => s3Refusal(403, 'AccessDenied', 'No entry')

  await choose(fileOf('a.txt'))

  await screen.findByText('Der Speicher hat abgelehnt.')
  await within(screen.getByRole('status')).findByText(
    'a.txt could not be uploaded: Der Speicher hat abgelehnt.',
  )
  expect(screen.queryByText(/No entry/)).not.toBeInTheDocument()
})

it('speaks of what has ended although it is disabled right then', async () => {
  const { choose, change } = renderUploader({
    onAllSettled: () => change({ disabled: true }),
  })

  await choose(fileOf('a.txt'))

  await within(screen.getByRole('status')).findByText('File uploaded')
  expect(screen.getByRole('button', { name: /browse/ })).toBeDisabled()
})

it('calls the cleanup of a callback ref, and gives it no null', () => {
  const cleanup = vi.fn()
  const ref = vi.fn((_: HTMLDivElement | null) => cleanup)
  const { container, unmount } = render(<S3Uploader endpoint="/api/s3" ref={ref} />)
  expect(ref).toHaveBeenCalledExactlyOnceWith(container.firstElementChild)

  unmount()

  expect(cleanup).toHaveBeenCalledOnce()
  expect(ref).toHaveBeenCalledOnce()
})

it('takes what a callback ref returns for no cleanup unless it is a function', () => {
  let element: HTMLDivElement | null = null
  // As in JavaScript, where nobody forbids it.
  const ref = ((given) => (element = given)) as (given: HTMLDivElement | null) => void
  const { container, unmount } = render(<S3Uploader endpoint="/api/s3" ref={ref} />)
  expect(element).toBe(container.firstElementChild)

  unmount()

  expect(element).toBeNull()
})
