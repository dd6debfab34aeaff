import { render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { Uploader } from 's3-direct-upload'
import { expect, it, vi } from 'vitest'
import type { ProtocolError } from '../../../src/protocol/error-response.js'
import { type ScriptedEndpoint, s3Refusal } from '../../support/scripted-endpoint.js'
import { fileOf, inputOf, renderUploader, seen, startEndpoint } from '../render-uploader.js'

const files = (count: number) => Array.from({ length: count }, (_, index) => fileOf(`${index}.txt`))
const notices = () => [...document.querySelectorAll<HTMLElement>('[data-part=notice]')]
const problems = () => document.querySelectorAll('[data-part=itemProblem]')
/** Has the endpoint refuse to sign every file. */
function refuseAll({ client }: ScriptedEndpoint, error: ProtocolError): void {
  client.signUploads = async (asked) => asked.map(({ id }) => ({ id, error }))
}

it('says the cause of 50 files once, and tries all again from there', async () => {
  const { choose, endpoint, user } = renderUploader({ retryBudgetSeconds: 0 })
  const { signUploads } = endpoint.client
  refuseAll(endpoint, { code: 'internal-error', message: 'Out of order', retryable: true })

  await choose(...files(50))

  await screen.findByText(/^50 files could not be uploaded\. Out of order$/, seen)
  expect(notices()).toHaveLength(1)
  expect(notices()[0]).toHaveAttribute('data-name', 'failed')
  expect(screen.getAllByRole('listitem')).toHaveLength(50)
  expect(problems()).toHaveLength(0)
  expect(screen.queryByRole('alert')).toBeNull()

  endpoint.client.signUploads = signUploads
  const retry = within(notices()[0]!).getByRole('button', { name: 'Try again' })
  retry.focus()
  await vi.dynamicImportSettled()
  await user.keyboard('{Enter}')

  await waitFor(() => expect(notices()).toHaveLength(0))
  await waitFor(() => expect(document.activeElement?.getAttribute('data-part')).toBe('count'))
  await user.keyboard('{Enter} ')
  await screen.findByText('All 50 files uploaded', seen)
  expect(screen.getAllByRole('listitem')).toHaveLength(50)
}, 20_000)

it('says the cause of one file in its row, also of the last that is left', async () => {
  const { choose, endpoint, user } = renderUploader()
  endpoint.onSend = async () => s3Refusal(400, 'InvalidArgument')
  await choose(...files(2))
  await waitFor(() => expect(notices()).toHaveLength(1))
  expect(problems()).toHaveLength(0)

  await user.click(screen.getByRole('button', { name: 'Remove file: 0.txt' }))

  await waitFor(() => expect(problems()).toHaveLength(1))
  expect(problems()[0]?.textContent).toMatch(/did not accept the file/)
  expect(notices().map(({ dataset }) => dataset.name)).toEqual(['removed'])
})

it('offers no second try where none can help', async () => {
  const { choose, endpoint } = renderUploader()
  refuseAll(endpoint, { code: 'forbidden', message: 'No entry', retryable: false })

  await choose(...files(2))

  await screen.findByText(/^2 files could not be uploaded\. No entry$/, seen)
  expect(within(notices()[0]!).queryByRole('button')).toBeNull()
})

it('leaves the cause in the rows where there are no notices', async () => {
  const endpoint = startEndpoint()
  endpoint.onSend = async () => s3Refusal(400, 'InvalidArgument')
  const { container } = render(
    <Uploader.Root endpoint="/api/s3" transport={endpoint.transport}>
      <Uploader.List />
    </Uploader.Root>,
  )

  await userEvent.upload(inputOf(container), files(2))

  await waitFor(() => expect(problems()).toHaveLength(2))
})

it('says and shows once that 2,000 files are of the wrong type', async () => {
  const { choose } = renderUploader({ accept: 'image/*' })

  await choose(...files(2000))

  const status = screen.getByRole('status')
  await within(status).findByText(/^2,000 files were not added/)
  expect(notices()).toHaveLength(1)
  expect(status.querySelectorAll('p')).toHaveLength(1)
  expect(screen.queryByRole('alert')).toBeNull()
}, 20_000)
