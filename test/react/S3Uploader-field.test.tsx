import { act, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import type { ReactNode } from 'react'
import { S3Uploader, type S3UploaderProps, Uploader, useS3Uploader } from 's3-direct-upload'
import { describe, expect, it, vi } from 'vitest'
import { s3Refusal } from '../support/scripted-endpoint.js'
import {
  fileOf,
  type GivenProps,
  holdTransfers,
  inputOf,
  renderUploader,
  seen,
  startEndpoint,
} from './render-uploader.js'

const trigger = () => screen.getByRole('button', { description: /Drop files here or browse/ })
const problem = () => document.querySelector('[data-part=problem]')

/** An uploader with what the app puts around it. */
function renderAround(around: (uploader: ReactNode) => ReactNode, props: GivenProps = {}) {
  const endpoint = startEndpoint()
  const all: S3UploaderProps = { endpoint: '/api/s3', transport: endpoint.transport, ...props }
  const view = render(around(<S3Uploader {...all} />))
  return { ...view, endpoint, user: userEvent.setup() }
}

describe('the name of the field', () => {
  it.each<[string, (uploader: ReactNode) => ReactNode, GivenProps]>([
    ['label', (uploader) => uploader, { label: 'Attachments' }],
    ['aria-label', (uploader) => uploader, { 'aria-label': 'Attachments' }],
    [
      'aria-labelledby',
      (uploader) => (
        <>
          <h2 id="title">Attachments</h2>
          {uploader}
        </>
      ),
      { 'aria-labelledby': 'title' },
    ],
    [
      'a label for its id',
      (uploader) => (
        <>
          <label htmlFor="files">Attachments</label>
          {uploader}
        </>
      ),
      { id: 'files' },
    ],
  ])('comes from %s, for the trigger and the group', (_, around, props) => {
    renderAround(around, props)

    expect(trigger()).toHaveAccessibleName('Attachments')
    screen.getByRole('group', { name: 'Attachments' })
  })

  it('comes from a part with children of the app, whose trigger is described by its text', () => {
    render(
      <Uploader.Root endpoint="/api/s3">
        <Uploader.Label>Photos</Uploader.Label>
        <Uploader.Trigger>Choose photos</Uploader.Trigger>
      </Uploader.Root>,
    )

    const button = screen.getByRole('button', { name: 'Photos' })
    expect(button).toHaveAccessibleDescription('Choose photos')
    screen.getByRole('group', { name: 'Photos' })
  })

  it('is another one for another field', () => {
    renderAround(
      (uploader) => (
        <>
          {uploader}
          <S3Uploader endpoint="/api/s3" label="Second" />
        </>
      ),
      { label: 'First' },
    )

    expect(screen.getAllByRole('group').map((group) => group.getAttribute('aria-label'))).toEqual([
      'First',
      'Second',
    ])
    screen.getByRole('button', { name: 'First' })
    screen.getByRole('button', { name: 'Second' })
  })

  it('is the text of the trigger where there is no label', () => {
    renderUploader()

    screen.getByRole('button', { name: 'Drop files here or browse' })
  })

  it('comes from the props of the hook', () => {
    function Headless() {
      const uploader = useS3Uploader({ endpoint: '/api/s3' })
      return (
        <div {...uploader.getRootProps()}>
          {/* biome-ignore lint/a11y/noLabelWithoutControl: its props say for what it is */}
          <label {...uploader.getLabelProps()}>Letters</label>
          <input {...uploader.getInputProps()} />
          <button {...uploader.getTriggerProps()}>Choose</button>
        </div>
      )
    }
    render(<Headless />)

    within(screen.getByRole('group', { name: 'Letters' })).getByRole('button', { name: 'Letters' })
  })
})

describe('a problem with the field', () => {
  it('of the app is shown, spoken, and describes the trigger', async () => {
    const { container, change } = renderUploader({ label: 'Files', 'aria-describedby': 'help' })
    expect(trigger()).not.toHaveAttribute('aria-invalid')

    change({ error: 'Add the contract, too.' })

    expect(problem()).toHaveTextContent('Add the contract, too.')
    expect(trigger()).toHaveAttribute('aria-invalid', 'true')
    expect(trigger()).toHaveAccessibleDescription(/Add the contract, too\./)
    expect(trigger().getAttribute('aria-describedby')).toMatch(/ help$/)
    expect(screen.getByRole('group').hasAttribute('data-invalid')).toBe(true)
    await waitFor(() => expect(screen.getByRole('status')).toHaveTextContent('Add the contract'))
    expect(inputOf(container).validity.valid).toBe(true)
  })

  it('of a form is reached by whatever focuses the field at fault', () => {
    const { container } = renderUploader({ required: true })

    act(() => inputOf(container).focus())

    expect(screen.getByRole('button')).toHaveFocus()
    expect(inputOf(container).validationMessage).toBe('Add a file and let its upload finish.')
  })
})

describe('a form', () => {
  it('is held by a failed file, until it is removed', async () => {
    const { container, choose, endpoint, user } = renderUploader({ name: 'files' })
    endpoint.onSend = async () => s3Refusal(403, 'AccessDenied')
    await choose(fileOf('a.txt'))
    await screen.findByText('1 failed', seen)
    expect(inputOf(container).validationMessage).toBe('Try the failed files again or remove them.')

    await user.click(screen.getByRole('button', { name: 'Remove file: a.txt' }))

    expect(inputOf(container).validity.valid).toBe(true)
  })

  it('is held by a field whose value the app holds', async () => {
    const { container, choose, endpoint } = renderUploader({ value: [] })
    holdTransfers(endpoint)

    await choose(fileOf('a.txt'))

    const wait = 'Wait until the uploads have finished.'
    await waitFor(() => expect(inputOf(container).validationMessage).toBe(wait))
  })

  it('goes without what is under way where the app says so', async () => {
    const { container, choose, endpoint } = renderUploader({ name: 'files', holdSubmit: false })
    holdTransfers(endpoint)

    await choose(fileOf('a.txt'))

    expect(inputOf(container).validity.valid).toBe(true)
  })

  it('that needs a file is content with a stored one', () => {
    const stored = [{ key: 'u/a', name: 'a.txt' }]
    const { container, change } = renderUploader({ required: true, value: stored })
    expect(inputOf(container).validity.valid).toBe(true)

    change({ value: [] })

    expect(inputOf(container).validity.valid).toBe(false)
  })
})

it('tells of a blur only when the focus leaves all of it', async () => {
  const onBlur = vi.fn()
  const { user } = renderAround(
    (uploader) => (
      <>
        {uploader}
        <button type="button">After</button>
      </>
    ),
    { onBlur, defaultValue: [{ key: 'u/a', name: 'a.txt' }] },
  )

  await user.tab()
  await user.tab()
  expect(screen.getByRole('button', { name: 'Download: a.txt' })).toHaveFocus()
  expect(onBlur).not.toHaveBeenCalled()

  await user.click(screen.getByRole('button', { name: 'After' }))
  expect(onBlur).toHaveBeenCalledOnce()
})

it('is disabled by a fieldset around it, for as long as that is', async () => {
  const fieldset = (isDisabled: boolean) => (
    <fieldset disabled={isDisabled}>
      <div>
        <S3Uploader endpoint="/api/s3" aria-label="Files" />
      </div>
    </fieldset>
  )
  const { rerender } = render(fieldset(true))
  const isDisabled = () =>
    screen.getByRole('group', { name: 'Files' }).hasAttribute('data-disabled')
  expect(isDisabled()).toBe(true)

  rerender(fieldset(false))

  await waitFor(() => expect(isDisabled()).toBe(false))
})
