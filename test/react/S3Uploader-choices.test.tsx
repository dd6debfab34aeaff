import { screen, waitFor } from '@testing-library/react'
import { expect, it } from 'vitest'
import { fileOf, findRejection, renderUploader, seen } from './render-uploader.js'

const photo = (content: string, name = 'IMG_0001.JPG') =>
  new File([content], name, { type: 'image/jpeg', lastModified: 1_700_000_000_000 })

it('sets a file aside that is in the list already, and adds it when the user wants it', async () => {
  const { user, choose, endpoint } = renderUploader()
  await choose(photo('one'))

  await choose(photo('one'))

  expect(await findRejection()).toHaveTextContent('1 file was in the list already.')
  await user.click(screen.getByRole('button', { name: 'Add anyway' }))
  await screen.findByText('All 2 files uploaded', seen)
  expect(endpoint.sent).toHaveLength(2)
})

it('takes the first three of five files where three are allowed, and names the other two', async () => {
  const { choose, endpoint } = renderUploader({ maxFiles: 3 })

  await choose(...['a.txt', 'b.txt', 'c.txt', 'd.txt', 'e.txt'].map((name) => fileOf(name)))
  await screen.findByText('All 3 files uploaded', seen)

  const sentence = await findRejection()
  expect(sentence).toHaveTextContent('2 files were not added: d.txt, e.txt.')
  expect(sentence).toHaveTextContent('No more than 3 files can be added.')
  await waitFor(() => expect(endpoint.sent).toHaveLength(3))
})

it('says that a file is being prepared, and in the words of the app why it was refused', async () => {
  let refuse = (_: Error) => {}
  const prepare = () =>
    new Promise<undefined>((_, reject) => {
      refuse = reject
    })
  const { choose } = renderUploader({ prepare })

  await choose(photo('one'))
  await screen.findByText('Preparing', seen)
  refuse(new Error('This picture is too dark.'))

  expect(await screen.findByText('This picture is too dark.', seen)).toBeVisible()
})

it('says of a bundle of macOS what can be done', async () => {
  const { choose, endpoint } = renderUploader()
  const bundle = new File(['x'.repeat(200_000)], 'Talk.key')
  const gone = () => Promise.reject(new DOMException('A directory.', 'NotReadableError'))
  bundle.slice = () => Object.assign(new Blob(['x']), { arrayBuffer: gone })

  await choose(bundle)

  const sentence = 'This is a bundle of several files. Compress it to a ZIP file and choose that.'
  expect(await screen.findByText(sentence, seen, { timeout: 8000 })).toBeVisible()
  expect(screen.queryByRole('button', { name: /Try again/ })).not.toBeInTheDocument()
  expect(endpoint.sent).toEqual([])
})

it.each([
  ['image/*', 'application/octet-stream', 'a.heic', 'image/heic'],
  ['image/*', '', 'a.JPG', 'image/jpeg'],
  ['image/*', 'application/x-unknown', 'a.dng', 'image/x-adobe-dng'],
  ['video/*', 'application/octet-stream', 'a.m4v', 'video/x-m4v'],
  ['image/jpg', 'image/jpeg', 'a.jpeg', 'image/jpeg'],
  ['image/jpeg', 'image/jpg', 'a', 'image/jpeg'],
  ['jpg', 'image/jpeg', 'a.jpg', 'image/jpeg'],
])('with accept="%s" takes a file of type "%s": %s', async (accept, type, name, sent) => {
  const { choose, endpoint } = renderUploader({ accept })

  await choose(new File(['x'], name, { type }))

  await screen.findByText('Uploaded', seen)
  expect(endpoint.signRequests[0]).toMatchObject([{ name, type: sent }])
})
