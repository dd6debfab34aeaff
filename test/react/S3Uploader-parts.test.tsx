import { screen, waitFor } from '@testing-library/react'
import axe from 'axe-core'
import { expect, it } from 'vitest'
import { s3Refusal } from '../support/scripted-endpoint.js'
import { fileOf, renderUploader, seen } from './render-uploader.js'

it('gives parts the classes and icons of the app', async () => {
  const classNames = { root: 'r', trigger: 't', triggerText: 'tt', item: 'i', picture: 'p' }
  const icons = { document: <em>text</em>, remove: <em>away</em>, check: <em>done</em> }
  const { container, choose } = renderUploader({ classNames, icons, autoUpload: false })
  await choose(fileOf('a.txt'))
  await screen.findByText('Not started')

  expect(container.firstElementChild).toHaveClass('s3u', 'r')
  expect(screen.getByRole('button', { name: /browse/ })).toHaveClass('s3u-trigger', 't')
  expect(screen.getByRole('listitem')).toHaveClass('s3u-item', 'i')
  expect(container.querySelector('.s3u-item-icon.p')).toHaveTextContent('text')
  expect(screen.getByRole('button', { name: 'Remove file: a.txt' })).toHaveTextContent('away')
})

it('renders rows of the app’s own', async () => {
  const { choose } = renderUploader({
    renderItem: ({ name, status }) => <li>{`${name} ${status}`}</li>,
  })

  await choose(fileOf('a.txt'))

  await screen.findByText('a.txt complete')
  expect(screen.getAllByRole('listitem')).toHaveLength(1)
})

it('names trigger and group by its label, and the text describes the trigger', () => {
  renderUploader({ label: 'Attachments', required: true, maxFiles: 3 })

  const trigger = screen.getByRole('button', { name: 'Attachments' })
  expect(trigger).toHaveAccessibleDescription('Drop files here or browse up to 3 files')
  expect(screen.getByRole('group', { name: 'Attachments' })).toContainElement(trigger)
  expect(screen.getByText('Attachments')).toHaveAttribute('data-required')
})

it('lets the app hold the trigger', () => {
  const trigger = { current: null as HTMLButtonElement | null }
  renderUploader({ triggerRef: trigger })

  trigger.current?.focus()

  expect(screen.getByRole('button')).toHaveFocus()
})

it('keeps roles, texts and the focus without our looks, and axe is content', async () => {
  const { container, choose, user, endpoint } = renderUploader({
    unstyled: true,
    label: 'Letters',
    accept: '.txt',
  })
  const { onSend } = endpoint
  endpoint.onSend = (request, store) => {
    const key = String((request.body as FormData).get('key'))
    return key.includes('bad')
      ? Promise.resolve(s3Refusal(403, 'AccessDenied'))
      : onSend(request, store)
  }
  await choose(fileOf('a.txt'), fileOf('b.txt'), fileOf('bad.txt'), fileOf('c.exe', { type: '' }))
  await screen.findByText('1 failed', seen)

  const { violations } = await axe.run(container, {
    rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
  })
  expect(violations).toEqual([])
  expect(container.querySelectorAll('[class]')).toHaveLength(0)
  await user.click(screen.getByRole('button', { name: 'Remove file: a.txt' }))
  await waitFor(() =>
    expect(screen.getByRole('button', { name: 'Remove file: b.txt' })).toHaveFocus(),
  )
})
