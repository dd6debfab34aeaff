import { act, render, screen, waitFor } from '@testing-library/react'
import { Uppy } from '@uppy/core'
import { renderToString } from 'react-dom/server'
import { S3Uploader, type StoredFile } from 's3-direct-upload'
import { S3DirectUpload } from 's3-direct-upload/uppy'
import { describe, expect, it, vi } from 'vitest'
import { startDownloads } from './render-download.js'
import { fileOf, inputOf, renderUploader, seen } from './render-uploader.js'

const beach: StoredFile = {
  key: 'u/1/beach.jpg',
  name: 'beach.jpg',
  size: 2500,
  type: 'image/jpeg',
}
const notes: StoredFile = { key: 'u/2/notes.txt', name: 'notes.txt' }

const rows = () => screen.queryAllByRole('listitem').map((row) => row.getAttribute('aria-label'))
const remove = (name: string) => screen.getByRole('button', { name: `Remove file: ${name}` })

function fieldsOf(container: Element) {
  return [...container.querySelectorAll<HTMLInputElement>('input[type=hidden]')].map(
    ({ name, value }) => `${name}=${value}`,
  )
}

it('shows stored files as rows that say so, without any progress', () => {
  const { container } = renderUploader({ defaultValue: [beach, notes] })

  expect(rows()).toEqual(['beach.jpg 2.5 kB · Stored', 'notes.txt Stored'])
  expect(container.querySelectorAll('[data-part=item][data-status=stored]')).toHaveLength(2)
  expect(screen.queryByRole('progressbar')).toBeNull()
  expect(screen.queryByText(/of 2 files/, seen)).toBeNull()
})

it('shows them where it is rendered on a server, too', () => {
  const html = renderToString(<S3Uploader endpoint="/api/s3" name="photos" value={[beach]} />)

  expect(html).toContain('beach.jpg')
  expect(html).toContain('name="photos_stored" value="u/1/beach.jpg"')
})

it('shows them on an Uppy instance of the app', () => {
  const uppy = new Uppy().use(S3DirectUpload, { endpoint: '/api/s3' })

  render(<S3Uploader uppy={uppy} defaultValue={[notes]} />)

  expect(rows()).toEqual(['notes.txt Stored'])
  expect(uppy.getFiles()).toEqual([])
})

it('sends the keys of stored files beside the receipts of uploads', async () => {
  const { container, choose } = renderUploader({ name: 'photos[]', defaultValue: [beach] })

  await choose(fileOf('a.txt'))

  await waitFor(() =>
    expect(fieldsOf(container)).toEqual(['photos_stored[]=u/1/beach.jpg', 'photos[]=r-1:a.txt:5']),
  )
})

it('sends the receipt of a file that was uploaded here before it was mounted', () => {
  const { container } = renderUploader({ name: 'photos', value: [{ ...beach, receipt: 'r-1' }] })

  expect(fieldsOf(container)).toEqual(['photos=r-1'])
})

it('takes a stored file from the form when it is removed, and asks nobody to delete it', async () => {
  const onValueChange = vi.fn()
  const props = { name: 'photos', defaultValue: [beach, notes], onValueChange }
  const { container, user } = renderUploader(props)
  const asked = vi.fn()
  vi.stubGlobal('fetch', asked)

  await user.click(remove('beach.jpg'))

  expect(rows()).toEqual(['notes.txt Stored'])
  expect(fieldsOf(container)).toEqual(['photos_stored=u/2/notes.txt'])
  expect(onValueChange.mock.calls).toEqual([[[notes], { reason: 'remove', file: beach }]])
  expect(asked).not.toHaveBeenCalled()
})

it('says what is removed to users of screen readers, and counts no stored file as added', async () => {
  const { user } = renderUploader({ defaultValue: [beach] })

  await user.click(remove('beach.jpg'))

  await waitFor(() =>
    expect(screen.getByRole('status').textContent).toBe('beach.jpg removedUndo is available'),
  )
})

it('counts stored files among the most there may be', async () => {
  const { choose } = renderUploader({ defaultValue: [beach, notes], maxFiles: 3 })

  await choose(fileOf('a.txt'), fileOf('b.txt'))

  await waitFor(() => expect(rows()).toHaveLength(3))
  await screen.findByText(/b\.txt/, seen)
})

it('empties the list of stored files, too', async () => {
  const onValueChange = vi.fn()
  const { user } = renderUploader({ defaultValue: [beach, notes], onValueChange })

  await act(async () => {})
  expect(screen.queryByRole('button', { name: 'Remove all' })).toBeNull()
  await user.click(remove('beach.jpg'))
  await user.click(remove('notes.txt'))

  expect(onValueChange).toHaveBeenLastCalledWith([], { reason: 'remove', file: notes })
})

describe('an app that deletes at once', () => {
  it('has the row say so until it has', async () => {
    let end = () => {}
    const onFileRemove = vi.fn(() => new Promise<void>((resolve) => (end = resolve)))
    const { user } = renderUploader({ defaultValue: [notes], onFileRemove })

    await user.click(remove('notes.txt'))
    expect(rows()).toEqual(['notes.txt Removing'])
    expect(screen.queryByRole('button', { name: 'Remove file: notes.txt' })).toBeNull()

    await act(async () => end())
    expect(rows()).toEqual([])
    expect(onFileRemove.mock.calls).toMatchObject([[{ status: 'stored', stored: notes }]])
  })

  it('gets the row back with a sentence where it fails', async () => {
    const onFileRemove = () => Promise.reject(new Error('403'))
    const { user } = renderUploader({ defaultValue: [notes], onFileRemove })

    await user.click(remove('notes.txt'))

    await screen.findByText('Something went wrong. Try again.', seen)
    expect(rows()).toEqual(['notes.txt Stored'])
    remove('notes.txt')
  })
})

describe('the download of a stored file', () => {
  const key = 'files/beach.jpg'
  const press = async (site: ReturnType<typeof startDownloads>, file: StoredFile) => {
    const { user } = site.show(<S3Uploader endpoint="/api/s3" defaultValue={[file]} />)
    await user.click(screen.getByRole('button', { name: 'Download: beach.jpg' }))
  }

  it('goes to its own address', async () => {
    const site = startDownloads()
    const href = 'https://cdn.test/beach.jpg'

    await press(site, { ...beach, href })

    expect(site.followed).toMatchObject([{ href, download: 'beach.jpg', target: '_blank' }])
    expect(site.bodies).toEqual([])
  })

  it('runs no script in place of an address', async () => {
    const site = startDownloads()

    await press(site, { ...beach, href: 'java\nscript:alert(1)' })

    expect(site.followed).toEqual([])
  })

  it('goes to one that the endpoint signs', async () => {
    const site = startDownloads()
    await site.put(key, 'the picture')

    await press(site, { ...beach, key })

    await waitFor(() => expect(site.followed).toHaveLength(1))
    expect(await site.textBehind(site.followed[0]?.href)).toMatchObject({ text: 'the picture' })
  })

  it('is not offered again where the endpoint does not allow it', async () => {
    const site = startDownloads({ authorizeDownload: () => false })

    await press(site, { ...beach, key })

    await screen.findByText(/You are not allowed to download this file/, seen)
    expect(screen.queryByRole('button', { name: /^Download/ })).toBeNull()
  })
})

it('shows rows and downloads alone where it is read-only, and sends its fields', () => {
  const { container } = renderUploader({ defaultValue: [beach], name: 'photos', readOnly: true })

  expect(screen.getAllByRole('button').map(({ title }) => title)).toEqual(['Download'])
  expect(fieldsOf(container)).toEqual(['photos_stored=u/1/beach.jpg'])
  expect(screen.getByRole('group').hasAttribute('data-readonly')).toBe(true)
  expect(inputOf(container).disabled).toBe(true)
})
