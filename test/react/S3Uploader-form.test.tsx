import { render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { S3Uploader, type S3UploaderProps } from 's3-direct-upload'
import { describe, expect, it, vi } from 'vitest'
import {
  fileOf,
  type GivenProps,
  holdTransfers,
  inputOf,
  seen,
  startEndpoint,
} from './render-uploader.js'

const problem = () => document.querySelector('[data-part=problem]')

function renderForm(props: GivenProps = {}) {
  const endpoint = startEndpoint()
  const onSubmit = vi.fn((event: { preventDefault(): void }) => event.preventDefault())
  const all: S3UploaderProps = { endpoint: '/api/s3', transport: endpoint.transport, ...props }
  const formOf = (changed: GivenProps = {}) => (
    <form onSubmit={onSubmit}>
      <S3Uploader {...all} {...changed} />
      <button type="submit">Send</button>
    </form>
  )
  const { container, rerender } = render(formOf())
  const user = userEvent.setup()
  return {
    endpoint,
    user,
    container,
    onSubmit,
    change: (changed: GivenProps) => rerender(formOf(changed)),
    choose: (...files: File[]) => user.upload(inputOf(container), files),
    send: () => user.click(screen.getByRole('button', { name: 'Send' })),
    receipts: () => new FormData(container.querySelector('form')!).getAll('files'),
  }
}

it('carries the receipt of each complete file, and no bytes', async () => {
  const { choose, receipts, user } = renderForm({ name: 'files' })
  expect(receipts()).toEqual([])

  await choose(fileOf('a.txt'), fileOf('b.txt'))
  await screen.findByText('All 2 files uploaded', seen)
  // Either may be confirmed first.
  expect(receipts()).toEqual([
    expect.stringMatching(/^r-\d:a\.txt:5$/),
    expect.stringMatching(/^r-\d:b\.txt:5$/),
  ])

  await user.click(screen.getByRole('button', { name: 'Remove file: a.txt' }))
  expect(receipts()).toEqual([expect.stringMatching(/^r-\d:b\.txt:5$/)])
})

it('sends one receipt of a single file, that of the second choice', async () => {
  const { choose, receipts } = renderForm({ name: 'files', multiple: false })
  await choose(fileOf('first.txt'))
  await screen.findByText('File uploaded', seen)

  await choose(fileOf('second.txt'))

  await waitFor(() => expect(receipts()).toEqual(['r-2:second.txt:5']))
  expect(screen.getAllByRole('listitem')).toHaveLength(1)
})

it('keeps the receipt of a single file whose replacement is rejected', async () => {
  const { choose, receipts } = renderForm({ name: 'files', multiple: false, maxFileSize: 5 })
  await choose(fileOf('first.txt'))
  await screen.findByText('File uploaded', seen)

  await choose(fileOf('large.txt', { size: 6 }))

  await screen.findByText(/large\.txt is larger than 5 bytes/, seen)
  expect(receipts()).toEqual(['r-1:first.txt:5'])
})

it('keeps a form back while a required file is missing, and says so at the button', async () => {
  const { send, onSubmit } = renderForm({ required: true })

  await send()

  expect(onSubmit).not.toHaveBeenCalled()
  expect(problem()).toHaveTextContent('Add a file and let its upload finish.')
  const trigger = screen.getByRole('button', { name: /browse/ })
  expect(trigger).toHaveFocus()
  expect(trigger).toHaveAccessibleDescription('Add a file and let its upload finish.')
})

it('leaves the focus to a missing field that comes first, though it stands outside the form', async () => {
  const endpoint = startEndpoint()
  render(
    <>
      <input form="order" required aria-label="Name" />
      <form id="order">
        <S3Uploader endpoint="/api/s3" transport={endpoint.transport} required />
        <button type="submit">Send</button>
      </form>
    </>,
  )

  await userEvent.setup().click(screen.getByRole('button', { name: 'Send' }))

  expect(problem()).toHaveTextContent('Add a file and let its upload finish.')
  expect(screen.getByRole('button', { name: /browse/ })).not.toHaveFocus()
})

it('keeps a form back until required uploads have finished', async () => {
  const { choose, send, onSubmit, endpoint } = renderForm({ required: true })
  const held = holdTransfers(endpoint)
  await choose(fileOf('a.txt'), fileOf('b.txt'))
  await waitFor(() => expect(held).toHaveLength(2))
  await held[0]?.finish()
  await screen.findByText('Uploaded')

  await send()
  expect(onSubmit).not.toHaveBeenCalled()
  expect(problem()).toHaveTextContent('Wait until the uploads have finished.')

  await held[1]?.finish()
  await screen.findByText('All 2 files uploaded', seen)
  expect(problem()).toBeNull()
  await send()
  expect(onSubmit).toHaveBeenCalledOnce()
})

it('needs nothing of a form when it is not required', async () => {
  const { send, onSubmit } = renderForm()

  await send()

  expect(onSubmit).toHaveBeenCalledOnce()
})

describe('a form without a required file', () => {
  it('waits for those that are under way or paused', async () => {
    const { choose, send, onSubmit, endpoint, user, receipts } = renderForm({ name: 'files' })
    const held = holdTransfers(endpoint)
    await choose(fileOf('a.txt'))
    await waitFor(() => expect(held).toHaveLength(1))

    await send()
    expect(problem()).toHaveTextContent('Wait until the uploads have finished.')
    await user.click(screen.getByRole('button', { name: 'Pause upload: a.txt' }))
    await send()
    await screen.findByText('Resume the paused uploads or remove them.')
    expect(onSubmit).not.toHaveBeenCalled()

    await user.click(screen.getByRole('button', { name: 'Resume upload: a.txt' }))
    await waitFor(() => expect(held).toHaveLength(2))
    await held[1]?.finish()
    await screen.findByText('File uploaded', seen)
    await send()
    expect(onSubmit).toHaveBeenCalledOnce()
    expect(receipts()).toHaveLength(1)
  })

  it('waits for those that nobody has started', async () => {
    const { choose, send, onSubmit, user } = renderForm({ name: 'files', autoUpload: false })
    await choose(fileOf('a.txt'))

    await send()
    expect(onSubmit).not.toHaveBeenCalled()
    expect(problem()).toHaveTextContent('Upload the files or remove them.')

    await user.click(screen.getByRole('button', { name: 'Remove file: a.txt' }))
    await send()
    expect(onSubmit).toHaveBeenCalledOnce()
  })
})

it('can be sent by the app as soon as all uploads have ended', async () => {
  const sent: FormDataEntryValue[][] = []
  const { choose, container } = renderForm({
    name: 'files',
    required: true,
    onAllSettled: () => formIn(container).requestSubmit(),
  })
  formIn(container).addEventListener('submit', () =>
    sent.push(new FormData(formIn(container)).getAll('files')),
  )

  await choose(fileOf('a.txt'), fileOf('b.txt'))

  await waitFor(() => expect(sent).toEqual([['r-1:a.txt:5', 'r-2:b.txt:5']]))
})

const formIn = (container: Element) => container.querySelector('form')!

it('carries its receipts also when it is disabled, as while a form is being sent', async () => {
  const { choose, change, receipts } = renderForm({ name: 'files' })
  await choose(fileOf('a.txt'))
  await screen.findByText('Uploaded')

  change({ disabled: true })

  expect(receipts()).toEqual(['r-1:a.txt:5'])
})
