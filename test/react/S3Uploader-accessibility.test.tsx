import { screen, waitFor, within } from '@testing-library/react'
import axe from 'axe-core'
import { expect, it } from 'vitest'
import { s3Refusal } from '../support/scripted-endpoint.js'
import { fileOf, holdTransfers, rejections, renderUploader, seen } from './render-uploader.js'

/** Colours need a browser; everything else axe knows is checked. */
async function violationsIn(container: Element): Promise<string[]> {
  const rules = { 'color-contrast': { enabled: false }, region: { enabled: false } }
  const { violations } = await axe.run(container, { rules })
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

it('has nothing for axe to complain about in any state', async () => {
  const { container, choose, endpoint } = renderUploader({ accept: '.txt', name: 'files' })
  expect(await violationsIn(container)).toEqual([])

  const { onSend } = endpoint
  endpoint.onSend = (request, store) => {
    const key = String((request.body as FormData).get('key'))
    if (key.endsWith('slow.txt')) return new Promise(() => {})
    return key.includes('bad')
      ? Promise.resolve(s3Refusal(403, 'AccessDenied'))
      : onSend(request, store)
  }
  const notAccepted = fileOf('b.exe', { type: '' })
  await choose(fileOf('a.txt'), fileOf('bad-1.txt'), fileOf('bad-2.txt'), notAccepted)
  await screen.findByText('2 failed', seen)
  await choose(fileOf('slow.txt'))
  await screen.findByRole('progressbar', { name: 'Progress of slow.txt' })

  expect(await violationsIn(container)).toEqual([])
})

it('works by keyboard alone', async () => {
  const { choose, user } = renderUploader({ autoUpload: false })
  await choose(fileOf('a.txt'), fileOf('b.txt'))
  // The dialog has left the focus on the button.
  await user.tab({ shift: true })

  const visited: (string | null)[] = []
  for (let presses = 0; presses < 5; presses += 1) {
    await user.tab()
    visited.push(
      document.activeElement?.getAttribute('aria-label') ?? document.activeElement!.textContent,
    )
  }
  expect(visited).toEqual([
    'Drop files here or browse',
    'Upload 2 files',
    'Clear list',
    'Remove file: a.txt',
    'Remove file: b.txt',
  ])

  await user.tab({ shift: true })
  await user.tab({ shift: true })
  await user.tab({ shift: true })
  await user.keyboard('{Enter}')
  await screen.findByText('All 2 files uploaded', seen)
})

it('opens the file dialog from the button', async () => {
  const { container, user } = renderUploader()
  let opened = 0
  container.querySelector('input')?.addEventListener('click', () => {
    opened += 1
  })

  await user.tab()
  await user.keyboard('{Enter}')

  expect(opened).toBe(1)
})

it('moves the focus to the next file when one is removed, and at last to the drop zone', async () => {
  const { choose, user } = renderUploader()
  await choose(fileOf('a.txt'), fileOf('b.txt'), fileOf('c.txt'))
  await screen.findByText('All 3 files uploaded', seen)
  const remove = (name: string) => screen.getByRole('button', { name: `Remove file: ${name}` })

  await user.click(remove('b.txt'))
  expect(remove('c.txt')).toHaveFocus()
  await user.keyboard('{Enter}')
  expect(remove('a.txt')).toHaveFocus()
  await user.keyboard('{Enter}')
  expect(screen.getByRole('button', { name: /browse/ })).toHaveFocus()
})

it('keeps the focus at the file when its retry button becomes another, and when that goes', async () => {
  const { choose, user, endpoint } = renderUploader()
  endpoint.onSend = async () => s3Refusal(403, 'AccessDenied')
  await choose(fileOf('a.txt'))
  await screen.findByText('Not uploaded')
  const held = holdTransfers(endpoint)

  await user.click(screen.getByRole('button', { name: 'Try again: a.txt' }))
  await waitFor(() => expect(held).toHaveLength(1))
  expect(screen.getByRole('button', { name: 'Pause upload: a.txt' })).toHaveFocus()

  await held[0]?.finish()
  await screen.findByRole('button', { name: 'Remove file: a.txt' })
  expect(screen.getByText('a.txt').closest('li')).toHaveFocus()
})

it('moves the focus to the next message when one is dismissed', async () => {
  const { choose, user } = renderUploader({ accept: 'text/*', maxFileSize: 10 })
  await choose(fileOf('a.png', { type: 'image/png' }), fileOf('b.txt', { size: 20 }))
  await waitFor(() => expect(rejections()).toHaveLength(2))

  await user.click(screen.getByRole('button', { name: 'Hide: a.png' }))

  expect(screen.getByRole('button', { name: 'Hide: b.txt' })).toHaveFocus()
})

it('leaves the focus alone when it is elsewhere', async () => {
  const { choose, user, endpoint } = renderUploader({ children: <a href="#x">Elsewhere</a> })
  const held = holdTransfers(endpoint)
  await choose(fileOf('a.txt'))
  await waitFor(() => expect(held).toHaveLength(1))
  await user.tab()
  screen.getByRole('link').focus()

  await held[0]?.finish()
  await screen.findByText('Uploaded')

  expect(screen.getByRole('link')).toHaveFocus()
})

it('speaks in one polite region', async () => {
  const { choose } = renderUploader()

  await choose(fileOf('a.txt'))

  const region = screen.getByRole('status')
  await within(region).findByText('1 file added')
  expect(screen.getAllByRole('status')).toEqual([region])
})
