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
