import { fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { type ReactNode, useActionState, useEffect, useRef } from 'react'
import { S3Uploader, useS3Uploader } from 's3-direct-upload'
import { expect, it, vi } from 'vitest'
import { fileOf, holdTransfers, seen, startEndpoint } from './render-uploader.js'

/** An uploader in whatever form the test puts around it, with files that are uploaded. */
async function renderInForm(form: (uploader: ReactNode) => ReactNode) {
  const endpoint = startEndpoint()
  const user = userEvent.setup()
  const view = render(
    form(<S3Uploader endpoint="/api/s3" transport={endpoint.transport} name="files" required />),
  )
  const inputs = [...view.container.querySelectorAll<HTMLInputElement>('input[type=file]')]
  return { ...view, endpoint, user, inputs }
}

const receipts = () => document.querySelectorAll('input[type=hidden][name=files]').length
const problem = () => document.querySelector('[data-part=problem]')
const reset = () => screen.getByRole('button', { name: 'Reset' })

async function uploadTwo({ user, inputs }: Awaited<ReturnType<typeof renderInForm>>) {
  await user.upload(inputs[0]!, [fileOf('a.txt'), fileOf('b.txt')])
  await screen.findByText('All 2 files uploaded', seen)
  expect(receipts()).toBe(2)
}

async function expectEmpty() {
  await waitFor(() => expect(screen.queryAllByRole('listitem')).toEqual([]))
  expect(receipts()).toBe(0)
}

/** Longer than a reset takes. */
const aMoment = () => new Promise((resolve) => setTimeout(resolve, 50))

const withButton = (uploader: ReactNode) => (
  <form>
    {uploader}
    <button type="reset">Reset</button>
  </form>
)

it('is emptied by the reset button of its form, and says so', async () => {
  const view = await renderInForm(withButton)
  await uploadTwo(view)

  await view.user.click(reset())

  await expectEmpty()
  await within(screen.getByRole('status')).findByText('2 files removed')
})

it('is emptied by a script that resets its form', async () => {
  const view = await renderInForm(withButton)
  await uploadTwo(view)

  view.container.querySelector('form')?.reset()

  await expectEmpty()
})

it('cancels what is under way', async () => {
  const view = await renderInForm(withButton)
  const held = holdTransfers(view.endpoint)
  await view.user.upload(view.inputs[0]!, [fileOf('a.txt')])
  await waitFor(() => expect(held).toHaveLength(1))

  await view.user.click(reset())

  await expectEmpty()
  await waitFor(() => expect(view.endpoint.sent[0]?.signal.aborted).toBe(true))
})

it('forgets what was not taken and why the form could not be sent', async () => {
  const view = await renderInForm((uploader) => (
    <form>
      {uploader}
      <button type="submit">Send</button>
      <button type="reset">Reset</button>
    </form>
  ))
  await view.user.click(screen.getByRole('button', { name: 'Send' }))
  expect(problem()).toBeVisible()

  await view.user.click(reset())

  await waitFor(() => expect(problem()).toBeNull())
})

it('keeps its files when somebody prevents the reset', async () => {
  const view = await renderInForm((uploader) => (
    <form onReset={(event) => event.preventDefault()}>
      {uploader}
      <button type="reset">Reset</button>
    </form>
  ))
  await uploadTwo(view)

  await view.user.click(reset())
  await aMoment()

  expect(receipts()).toBe(2)
})

it.each(['fails', 'succeeds'])('keeps its files when an action of the form %s', async (end) => {
  const onReset = vi.fn()
  function Form({ children }: { readonly children: ReactNode }) {
    const [answer, action] = useActionState(async (_: string, data: FormData) => {
      await Promise.resolve()
      return `${end} with ${data.getAll('files').length}`
    }, '')
    return (
      <form action={action} onReset={onReset}>
        {children}
        <button type="submit">Send</button>
        <button type="reset">Reset</button>
        <output>{answer}</output>
      </form>
    )
  }
  const view = await renderInForm((uploader) => <Form>{uploader}</Form>)
  await uploadTwo(view)

  await view.user.click(screen.getByRole('button', { name: 'Send' }))
  await screen.findByText(`${end} with 2`)
  await waitFor(() => expect(onReset).toHaveBeenCalledOnce())
  await aMoment()
  expect(receipts()).toBe(2)
  await view.user.click(reset())

  await expectEmpty()
})

it('is emptied by the app itself, after an action that has succeeded', async () => {
  function Form({ children }: { readonly children: ReactNode }) {
    const form = useRef<HTMLFormElement>(null)
    const [isSaved, action] = useActionState(async () => true, false)
    useEffect(() => {
      if (isSaved) form.current?.reset()
    }, [isSaved])
    return (
      <form action={action} ref={form}>
        {children}
        <button type="submit">Send</button>
      </form>
    )
  }
  const view = await renderInForm((uploader) => <Form>{uploader}</Form>)
  await uploadTwo(view)

  await view.user.click(screen.getByRole('button', { name: 'Send' }))

  await expectEmpty()
})

/** An uploader that belongs to a form elsewhere in the page. */
function Elsewhere({ form }: { readonly form: string }) {
  const { ids, getInputProps } = useS3Uploader({ endpoint: '/api/s3', autoUpload: false })
  // React's props of an input have it; the hook passes on whatever is given.
  return (
    <>
      <input {...getInputProps({ form, 'aria-label': 'Elsewhere' })} />
      <output>{ids.length} elsewhere</output>
    </>
  )
}

it('follows the form it belongs to, wherever it stands, and no other', async () => {
  const { endpoint, user, inputs } = await renderInForm((uploader) => (
    <>
      <form aria-label="first" id="first">
        {uploader}
        {uploader}
      </form>
      <form aria-label="second">{uploader}</form>
      <Elsewhere form="first" />
    </>
  ))
  holdTransfers(endpoint)
  for (const input of inputs) await user.upload(input, [fileOf('a.txt')])
  await screen.findByText('1 elsewhere')
  expect(screen.getAllByRole('listitem')).toHaveLength(3)

  fireEvent.reset(screen.getByRole('form', { name: 'first' }))

  await screen.findByText('0 elsewhere')
  expect(screen.getAllByRole('listitem')).toHaveLength(1)
  expect(within(screen.getByRole('form', { name: 'second' })).getByRole('listitem')).toBeVisible()
})

it('elsewhere keeps its files, too, when an action of its form ends', async () => {
  const onReset = vi.fn()
  const action = vi.fn(async () => {})
  const { user, container } = await renderInForm(() => (
    <>
      <form id="form" action={action} onReset={onReset}>
        <button type="submit">Send</button>
      </form>
      <Elsewhere form="form" />
    </>
  ))
  await user.upload(container.querySelector<HTMLInputElement>('input[type=file]')!, [
    fileOf('a.txt'),
  ])
  await screen.findByText('1 elsewhere')

  await user.click(screen.getByRole('button', { name: 'Send' }))
  await waitFor(() => expect(onReset).toHaveBeenCalledOnce())
  await aMoment()

  expect(screen.getByText('1 elsewhere')).toBeVisible()
})
