import { cleanup, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { S3FilePicker, type S3FilePickerProps } from 's3-direct-upload'
import { afterEach, expect, it } from 'vitest'
import { s3Refusal } from '../support/scripted-endpoint.js'
import {
  fileOf,
  holdTransfers,
  inputOf,
  seen,
  startEndpoint,
  transferOf,
} from './render-uploader.js'

afterEach(cleanup)

function renderPicker(props: Partial<Omit<S3FilePickerProps, 'uppy' | 'endpoint'>> = {}) {
  const endpoint = startEndpoint()
  const user = userEvent.setup({ applyAccept: false })
  const { container } = render(
    <S3FilePicker endpoint="/api/s3" transport={endpoint.transport} {...props} />,
  )
  const choose = (...files: File[]) => user.upload(inputOf(container), files)
  return { container, endpoint, user, choose }
}

it('is a button that opens the file dialog', async () => {
  const { container, user } = renderPicker()
  let opened = 0
  inputOf(container).addEventListener('click', () => (opened += 1))

  await user.click(screen.getByRole('button', { name: 'Choose files' }))

  expect(opened).toBe(1)
  expect(screen.queryByRole('list')).toBeNull()
})

it('says what the app says, and invites to one file where one is all there can be', () => {
  renderPicker({ multiple: false })
  renderPicker({ children: 'Attach files' })

  expect(screen.getAllByRole('button').map(({ textContent }) => textContent)).toEqual([
    'Choose a file',
    'Attach files',
  ])
})

it('shows a chip with a percentage until the file is uploaded, and sends the receipt with a form', async () => {
  const { container, endpoint, choose } = renderPicker({ name: 'files' })
  const held = holdTransfers(endpoint)
  await choose(fileOf('a.txt', { size: 1000 }))

  await waitFor(() => expect(held).toHaveLength(1))
  const transfer = transferOf(held, 'a.txt')
  await transfer.progress(0.4)
  await screen.findByText(/^40.?%$/, seen)
  await transfer.finish()

  const row = await screen.findByRole('listitem', { name: /a\.txt.*Uploaded$/ })
  expect(row).not.toHaveTextContent('%')
  expect(container.querySelector('input[name="files"]')).not.toBeNull()
})

it('says why a file has failed, and tries it again', async () => {
  const { endpoint, choose, user } = renderPicker()
  const { onSend } = endpoint
  endpoint.onSend = async () => s3Refusal(403, 'AccessDenied')
  await choose(fileOf('a.txt'))
  const again = await screen.findByRole('button', { name: 'Try again: a.txt' })
  endpoint.onSend = onSend

  await user.click(again)

  await screen.findByRole('listitem', { name: /a\.txt.*Uploaded$/ })
})

it('shows rows below the button on demand', async () => {
  const { choose } = renderPicker({ view: 'list', autoUpload: false })

  await choose(fileOf('a.txt'))

  expect(await screen.findByRole('list')).toHaveAttribute('data-view', 'list')
  expect(screen.getByText('Not started')).toBeVisible()
})

it('has no class of ours when it is unstyled, and axe is content', async () => {
  const { container, choose } = renderPicker({ unstyled: true, className: 'mine', label: 'Files' })
  await choose(fileOf('a.txt'))
  await screen.findByRole('listitem', { name: /Uploaded$/ })

  const { violations } = await axe.run(container, {
    rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
  })
  expect(violations).toEqual([])
  expect([...container.querySelectorAll('[class]')].map(({ className }) => className)).toEqual([
    'mine',
  ])
})
