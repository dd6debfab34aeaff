import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { Uploader } from 's3-direct-upload'
import { expect, it, vi } from 'vitest'
import { fileOf, renderUploader, seen, startEndpoint } from './render-uploader.js'

const inputs = (container: Element) => [
  ...container.querySelectorAll<HTMLInputElement>('input[type=file]'),
]

/** Which input a button opens. */
async function opened(container: Element, name: string): Promise<number> {
  const clicks = inputs(container).map((input) => vi.spyOn(input, 'click'))
  await userEvent.click(screen.getByRole('button', { name }))
  return clicks.findIndex((click) => click.mock.calls.length > 0)
}

it('has a second button for folders with directory="both", and keeps the first for files', async () => {
  const { container, user, endpoint } = renderUploader({ directory: 'both' })
  const [files, folders] = inputs(container)

  expect(files).not.toHaveAttribute('webkitdirectory')
  expect(folders).toHaveAttribute('webkitdirectory')
  expect(await opened(container, 'Choose a folder')).toBe(1)
  const file = Object.defineProperty(fileOf('a.txt'), 'webkitRelativePath', { value: 'trip/a.txt' })
  await user.upload(folders!, file)
  await screen.findByText('Uploaded', seen)

  expect(endpoint.signRequests[0]).toMatchObject([{ name: 'a.txt', relativePath: 'trip/a.txt' }])
  expect(screen.getByTitle('trip/a.txt').textContent).toMatch(/trip.*a\.txt/)
})

it('has a second button that takes a photo where the app wants it', async () => {
  const { container } = renderUploader({ camera: true, accept: 'image/*' })

  const [, camera] = inputs(container)
  expect(camera).toHaveAttribute('capture', 'environment')
  expect(camera).toHaveAttribute('accept', 'image/*')
  expect(await opened(container, 'Take a photo')).toBe(1)
})

it.each([
  ['a phone, pictures alone', true, 'image/*,video/mp4', true],
  ['a phone, documents too', true, 'image/*,.pdf', false],
  ['a phone, all files', true, undefined, false],
  ['a computer', false, 'image/*', false],
])('decides by itself: %s', (_, isTouched, accept, hasCamera) => {
  vi.stubGlobal('matchMedia', (query: string) => ({
    matches: query.includes('coarse') && isTouched,
    addEventListener() {},
    removeEventListener() {},
  }))

  renderUploader({ accept })

  expect(screen.queryByRole('button', { name: 'Take a photo' }) !== null).toBe(hasCamera)
})

it('has parts of an app open the other inputs, in its own words', async () => {
  const { transport } = startEndpoint()
  const { container } = render(
    <Uploader.Root endpoint="/api/s3" transport={transport} directory="both">
      <Uploader.Trigger>Files</Uploader.Trigger>
      <Uploader.Trigger source="folder">Folders</Uploader.Trigger>
      <Uploader.Trigger source="camera">Photo</Uploader.Trigger>
    </Uploader.Root>,
  )

  expect(screen.getByRole('button', { name: 'Folders' })).toHaveAttribute('data-source', 'folder')
  expect(screen.queryByRole('button', { name: 'Photo' })).toBeNull()
  expect(await opened(container, 'Files')).toBe(0)
})

it('makes metadata of each file where the app gives a function, the latest one', async () => {
  const { choose, change, endpoint } = renderUploader({ metadata: { album: 'trip' } })
  change({ metadata: (file) => ({ of: file.name }) })

  await choose(fileOf('a.txt'))
  await screen.findByText('Uploaded', seen)

  expect(endpoint.signRequests[0]).toMatchObject([{ name: 'a.txt', metadata: { of: 'a.txt' } }])
})
