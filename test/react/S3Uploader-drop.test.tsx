import { createEvent, fireEvent, screen, waitFor } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { fileOf, findRejection, renderUploader } from './render-uploader.js'

function transferOf(...files: File[]) {
  const items = files.map((file) => ({ kind: 'file', getAsFile: () => file }))
  return { dataTransfer: { types: ['Files'], items, dropEffect: 'none' } }
}

const text = { dataTransfer: { types: ['text/plain'], items: [] } }

it('shows that files can be let go, and takes them', async () => {
  const { container, endpoint } = renderUploader()
  const zone = container.firstElementChild!
  const trigger = screen.getByRole('button')

  fireEvent.dragEnter(trigger, transferOf())
  fireEvent.dragEnter(zone, transferOf())
  fireEvent.dragLeave(trigger, transferOf())
  expect(zone).toHaveAttribute('data-dragging')
  expect(screen.getByText('Let go to add the files')).toBeVisible()
  fireEvent.drop(zone, transferOf(fileOf('a.txt')))

  expect(zone).not.toHaveAttribute('data-dragging')
  await screen.findByText('Uploaded')
  expect(endpoint.sent).toHaveLength(1)
})

it('shows nothing any more when the files are dragged away', () => {
  const { container } = renderUploader()
  const zone = container.firstElementChild!

  fireEvent.dragEnter(zone, transferOf())
  fireEvent.dragLeave(zone, transferOf())

  expect(zone).not.toHaveAttribute('data-dragging')
})

it('leaves a drag of text to others', () => {
  const { container } = renderUploader()
  const zone = container.firstElementChild!

  fireEvent.dragEnter(zone, text)

  expect(zone).not.toHaveAttribute('data-dragging')
  expect(fireEvent.drop(zone, text)).toBe(true)
})

it.each([false, true])('keeps the browser on the page (disabled: %s)', (disabled) => {
  const { container } = renderUploader({ disabled })
  const zone = container.firstElementChild!

  const isNavigating = [
    fireEvent.dragOver(zone, transferOf()),
    fireEvent.drop(zone, transferOf(fileOf('a.txt'))),
  ]

  expect(isNavigating).toEqual([false, false])
})

it('takes no drop when disabled', async () => {
  const { container } = renderUploader({ disabled: true })

  fireEvent.dragEnter(container.firstElementChild!, transferOf())
  fireEvent.drop(container.firstElementChild!, transferOf(fileOf('a.txt')))
  await Promise.resolve()

  expect(container.firstElementChild).not.toHaveAttribute('data-dragging')
  expect(screen.queryByRole('listitem')).not.toBeInTheDocument()
})

it('takes no drop and no paste within a disabled fieldset', async () => {
  const { container, endpoint } = renderUploader()
  const fieldset = document.createElement('fieldset')
  fieldset.disabled = true
  container.replaceWith(fieldset)
  fieldset.append(container)
  const zone = container.firstElementChild!

  fireEvent.dragEnter(zone, transferOf())
  expect(zone).not.toHaveAttribute('data-dragging')
  fireEvent.drop(zone, transferOf(fileOf('a.txt')))
  fireEvent.paste(zone, { clipboardData: { files: [fileOf('b.png')] } })

  fieldset.disabled = false
  fireEvent.drop(zone, transferOf(fileOf('c.txt')))
  await screen.findByText('Uploaded')
  expect(endpoint.sent).toHaveLength(1)
  fieldset.remove()
})

it('names what of a dropped folder cannot be read', async () => {
  const entry = {
    name: 'album',
    isDirectory: true,
    createReader: () => ({
      readEntries: (_: unknown, fail: (e: Error) => void) => fail(new Error()),
    }),
  }
  const item = { kind: 'file', getAsFile: () => null, webkitGetAsEntry: () => entry }
  const { container } = renderUploader()

  fireEvent.drop(container.firstElementChild!, {
    dataTransfer: { types: ['Files'], items: [item] },
  })

  expect(await findRejection()).toHaveTextContent('album: The browser could not read it.')
})

it('says that a dropped folder has no files', async () => {
  const entry = {
    name: 'album',
    isDirectory: true,
    createReader: () => ({ readEntries: (found: (entries: object[]) => void) => found([]) }),
  }
  const item = { kind: 'file', getAsFile: () => null, webkitGetAsEntry: () => entry }
  const { container } = renderUploader()

  fireEvent.drop(container.firstElementChild!, {
    dataTransfer: { types: ['Files'], items: [item] },
  })

  expect(await screen.findByText('album: The folder is empty.')).toBeVisible()
})

it('says that nothing came with what was dropped', async () => {
  const item = { kind: 'file', getAsFile: () => null, webkitGetAsEntry: () => null }
  const { container } = renderUploader()

  fireEvent.drop(container.firstElementChild!, {
    dataTransfer: { types: ['Files'], items: [item] },
  })

  expect(await screen.findByText(/^No file came with this/)).toBeVisible()
})

describe('a folder of the file dialog', () => {
  const chosen = (relativePath: string) =>
    Object.defineProperty(fileOf(relativePath.split('/').at(-1) ?? ''), 'webkitRelativePath', {
      value: relativePath,
    })
  const choose = (container: HTMLElement, ...files: File[]) =>
    fireEvent.change(container.querySelector('input[type=file]')!, { target: { files } })

  it('gives its files without those of the system', async () => {
    const { container, endpoint } = renderUploader({ directory: true })
    const system = ['a/.DS_Store', 'a/sub/Thumbs.db', 'a/__MACOSX/c.txt', 'a/._b.txt']

    choose(container, chosen('a/b.txt'), ...system.map(chosen))

    await screen.findByText('Uploaded')
    expect(endpoint.sent).toHaveLength(1)
    expect(screen.getAllByRole('listitem')).toHaveLength(1)
  })

  it('is said to hold nothing when it has no others', async () => {
    const { container } = renderUploader({ directory: true })

    choose(container, chosen('a/.DS_Store'), chosen('a/desktop.ini'))

    expect(await screen.findByText('a: There is nothing to upload in it.')).toBeVisible()
  })

  it('takes a system file that was chosen by itself', async () => {
    const { container, endpoint } = renderUploader()

    choose(container, fileOf('.DS_Store'))

    await screen.findByText('Uploaded')
    expect(endpoint.sent).toHaveLength(1)
  })
})

it('takes pasted files', async () => {
  const { container, endpoint } = renderUploader()
  const zone = container.firstElementChild!
  const paste = createEvent.paste(zone, { clipboardData: { files: [fileOf('shot.png')] } })

  fireEvent(zone, paste)

  expect(paste.defaultPrevented).toBe(true)
  await waitFor(() => expect(endpoint.sent).toHaveLength(1))
})

it('leaves a paste into a text field to the field', () => {
  const { endpoint } = renderUploader({ children: <textarea aria-label="Note" /> })

  fireEvent.paste(screen.getByLabelText('Note'), { clipboardData: { files: [fileOf('x.png')] } })

  expect(screen.queryByRole('listitem')).not.toBeInTheDocument()
  expect(endpoint.sent).toEqual([])
})
