import { fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { S3Uploader, useS3Uploader } from 's3-direct-upload'
import { expect, it, vi } from 'vitest'
import { fileOf, holdTransfers, renderUploader, seen, startEndpoint } from './render-uploader.js'

const rows = () => screen.queryAllByRole('listitem').map((row) => row.getAttribute('aria-label'))
const names = () => rows().map((label) => label?.split(' ')[0])
const receipts = () =>
  [...document.querySelectorAll<HTMLInputElement>('input[type=hidden][name=files]')].map(
    ({ value }) => value,
  )
const button = (name: string) => screen.getByRole('button', { name })
const notice = () => document.querySelector<HTMLElement>('[data-part=notice][data-name=removed]')

async function uploadThree({ choose }: ReturnType<typeof renderUploader>) {
  await choose(fileOf('a.txt'), fileOf('b.txt'), fileOf('c.txt'))
  await screen.findByText('All 3 files uploaded', seen)
}

it('brings a removed file back to its place, with the receipt that the form sends', async () => {
  const view = renderUploader({ name: 'files' })
  await uploadThree(view)
  const before = receipts()

  await view.user.click(button('Remove file: b.txt'))
  expect(names()).toEqual(['a.txt', 'c.txt'])
  expect(receipts()).toHaveLength(2)
  expect(notice()).toHaveTextContent('b.txt removed')
  expect(notice()?.dataset.kind).toBe('info')
  await view.user.click(button('Undo'))

  await waitFor(() => expect(names()).toEqual(['a.txt', 'b.txt', 'c.txt']))
  expect(receipts()).toEqual(before)
  expect(notice()).toBeNull()
  expect(view.endpoint.abortRequests).toEqual([])
})

it('brings all of a field back, counted in the notice', async () => {
  const view = renderUploader({ name: 'files' })
  await uploadThree(view)
  const before = receipts()

  await view.user.click(button('Remove all'))
  expect(receipts()).toEqual([])
  expect(notice()).toHaveTextContent('3 files removed')
  await view.user.click(button('Undo'))

  await waitFor(() => expect(receipts()).toEqual(before))
  expect(names()).toEqual(['a.txt', 'b.txt', 'c.txt'])
})

it('clears the list of an uploader that is no field, and tells the server nothing of it', async () => {
  const view = renderUploader()
  await uploadThree(view)

  await view.user.click(button('Clear list'))
  expect(rows()).toEqual([])
  await view.user.click(within(notice()!).getByRole('button', { name: 'Hide' }))

  expect(notice()).toBeNull()
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(view.endpoint.abortRequests).toEqual([])
})

it('tells the server of a removed file once undo is no longer offered', async () => {
  const view = renderUploader({ name: 'files' })
  await uploadThree(view)

  await view.user.click(button('Remove file: b.txt'))
  await view.user.click(within(notice()!).getByRole('button', { name: 'Hide' }))

  await waitFor(() =>
    expect(view.endpoint.abortRequests).toEqual([[expect.stringContaining(':b.txt:')]]),
  )
})

it('cancels what is under way, keeps what is complete, and goes on with it', async () => {
  const view = renderUploader({ name: 'files' })
  await view.choose(fileOf('a.txt'))
  await screen.findByText('File uploaded', seen)
  const held = holdTransfers(view.endpoint)
  await view.choose(fileOf('b.txt'), fileOf('c.txt'))
  await waitFor(() => expect(held).toHaveLength(2))

  await view.user.click(await screen.findByRole('button', { name: 'Cancel all' }))
  expect(names()).toEqual(['a.txt'])
  expect(view.endpoint.sent.map(({ signal }) => signal.aborted)).toEqual([false, true, true])
  await view.user.click(button('Undo'))
  await waitFor(() => expect(held).toHaveLength(4))
  await held[2]?.finish()
  await held[3]?.finish()

  await screen.findByText('All 3 files uploaded', seen)
  expect(names()).toEqual(['a.txt', 'b.txt', 'c.txt'])
})

it('is offered until the form is sent', async () => {
  const endpoint = startEndpoint()
  const onSubmit = vi.fn((event: { preventDefault(): void }) => event.preventDefault())
  const { container } = render(
    <form onSubmit={onSubmit}>
      <S3Uploader
        endpoint="/api/s3"
        transport={endpoint.transport}
        defaultValue={[{ key: 'k/old.jpg', name: 'old.jpg' }]}
        name="files"
      />
    </form>,
  )
  fireEvent.click(button('Remove file: old.jpg'))
  await waitFor(() => expect(notice()).toHaveTextContent('old.jpg removed'))

  fireEvent.submit(container.querySelector('form')!)

  await waitFor(() => expect(notice()).toBeNull())
  expect(onSubmit).toHaveBeenCalled()
})

it('is offered after the form was reset', async () => {
  const endpoint = startEndpoint()
  const { container } = render(
    <form>
      <S3Uploader endpoint="/api/s3" transport={endpoint.transport} name="files" />
      <button type="reset">Reset</button>
    </form>,
  )
  fireEvent.change(container.querySelector('input[type=file]')!, {
    target: { files: [fileOf('a.txt'), fileOf('b.txt')] },
  })
  await screen.findByText('All 2 files uploaded', seen)
  const before = receipts()

  fireEvent.click(button('Reset'))
  await waitFor(() => expect(notice()).toHaveTextContent('2 files removed'))
  fireEvent.click(button('Undo'))

  await waitFor(() => expect(receipts()).toEqual(before))
  expect(endpoint.abortRequests).toEqual([])
})

it('is said to users of screen readers', async () => {
  const view = renderUploader({ name: 'files' })
  await uploadThree(view)
  await view.user.click(button('Remove file: b.txt'))

  await waitFor(() =>
    expect(screen.getByRole('status').textContent).toContain('b.txt removedUndo is available'),
  )
})

it('does not offer to bring back a stored file that the app has deleted', async () => {
  const { promise: deleted, resolve: settle } = Promise.withResolvers<void>()
  const view = renderUploader({
    defaultValue: [{ key: 'k/old.jpg', name: 'old.jpg' }],
    onFileRemove: () => deleted,
  })
  await view.user.click(button('Remove file: old.jpg'))
  settle()

  await waitFor(() => expect(rows()).toEqual([]))
  expect(notice()).toBeNull()
})

it('works without markup of ours', async () => {
  const endpoint = startEndpoint()
  function Bare() {
    const { ids, removed, actions, uploads } = useS3Uploader({
      endpoint: '/api/s3',
      transport: endpoint.transport,
    })
    return (
      <>
        <button type="button" onClick={() => actions.addFiles([fileOf('a.txt')])}>
          Add
        </button>
        <button type="button" onClick={() => actions.removeAll()}>
          Away
        </button>
        {removed && (
          <button type="button" onClick={() => actions.undo()}>
            {removed.count} back: {removed.names.join()}
          </button>
        )}
        <p>{ids.map((id) => uploads.get(id)?.name)}</p>
      </>
    )
  }
  render(<Bare />)
  fireEvent.click(button('Add'))
  await screen.findByText('a.txt')

  fireEvent.click(button('Away'))
  expect(screen.queryByText('a.txt')).toBeNull()
  fireEvent.click(await screen.findByRole('button', { name: '1 back: a.txt' }))

  await screen.findByText('a.txt')
})
