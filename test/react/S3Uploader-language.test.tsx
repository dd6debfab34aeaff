import { act, render, screen, waitFor, within } from '@testing-library/react'
import { S3Download } from 's3-direct-upload'
import { ar } from 's3-direct-upload/locales/ar'
import { de } from 's3-direct-upload/locales/de'
import { fr } from 's3-direct-upload/locales/fr'
import { afterEach, expect, it } from 'vitest'
import { s3Refusal } from '../support/scripted-endpoint.js'
import { fileOf, renderUploader } from './render-uploader.js'

afterEach(() => {
  document.documentElement.lang = ''
})

it('writes numbers, sizes and lists in the language of the texts, whatever the page is in', async () => {
  document.documentElement.lang = 'en'
  const { choose, container } = renderUploader({
    locale: de,
    accept: 'image/*,.pdf',
    maxFileSize: '1.5MB',
    maxFiles: 1200,
  })

  await choose(fileOf('notes.txt'))

  expect(screen.getByRole('button', { name: 'Dateien hier ablegen oder auswählen' })).toBeVisible()
  expect(container.querySelector('.s3u-hint')).toHaveTextContent(
    'Bilder und PDF · je bis 1,5 MB · bis zu 1.200 Dateien',
  )
  await waitFor(() =>
    expect(container.querySelector('.s3u-rejection')).toHaveTextContent(
      'notes.txt: Hier können nur Bilder und PDF hinzugefügt werden.',
    ),
  )
})

it('writes them in English where the texts are, on a page in German', () => {
  document.documentElement.lang = 'de'
  renderUploader({ maxFileSize: '1.5MB' })

  expect(screen.getByText('up to 1.5 MB each')).toBeVisible()
})

it('tells browsers and screen readers the language and the direction of its texts', () => {
  const { container, change } = renderUploader({ locale: ar })
  expect(container.firstElementChild).toHaveAttribute('lang', 'ar')
  expect(container.firstElementChild).toHaveAttribute('dir', 'rtl')

  change({ locale: fr })
  expect(container.firstElementChild).toHaveAttribute('lang', 'fr')
  expect(container.firstElementChild).toHaveAttribute('dir', 'ltr')

  change({ locale: undefined })
  expect(container.firstElementChild).not.toHaveAttribute('lang')
  expect(container.firstElementChild).not.toHaveAttribute('dir')
})

it('leaves language and direction to the app that gives them', () => {
  const { container } = renderUploader({ locale: ar, lang: 'ar-EG', dir: 'ltr' })

  expect(container.firstElementChild).toHaveAttribute('lang', 'ar-EG')
  expect(container.firstElementChild).toHaveAttribute('dir', 'ltr')
})

it.each([
  [1, 'رفع ملف واحد'],
  [2, 'رفع ملفين'],
  [3, 'رفع 3 ملفات'],
  [11, 'رفع 11 ملفًا'],
])('counts %i files as the language does', async (count, name) => {
  const { choose } = renderUploader({ locale: ar, autoUpload: false })

  await choose(...Array.from({ length: count }, (_, index) => fileOf(`${index}.txt`)))

  expect(await screen.findByRole('button', { name })).toBeVisible()
})

it('says what failed, and how much is done, in the words of a pack', async () => {
  const { choose, endpoint } = renderUploader({ locale: de })
  await choose(fileOf('a.txt'), fileOf('b.txt'))
  await screen.findByText('Alle 2 Dateien hochgeladen', { selector: 'bdi' })
  endpoint.onSend = async () => s3Refusal(403, 'AccessDenied')

  await choose(fileOf('c.txt'))

  await screen.findByText(/^Das Hochladen funktioniert auf dieser Seite zurzeit nicht\./)
  await within(screen.getByRole('status')).findByText(/^c\.txt konnte nicht hochgeladen werden: /)
})

it('a file too many is refused in the words of a pack', async () => {
  const { choose, container } = renderUploader({ locale: de, maxFiles: 2, autoUpload: false })

  await choose(fileOf('a.txt'), fileOf('b.txt'), fileOf('c.txt'))

  await waitFor(() =>
    expect(container.querySelector('.s3u-rejection')).toHaveTextContent(
      'Mehr als 2 Dateien können nicht hinzugefügt werden.',
    ),
  )
})

it('invites to add one file where only one can be added', () => {
  const { change } = renderUploader({ multiple: false })
  expect(screen.getByRole('button', { name: 'Drop a file here or browse' })).toBeVisible()

  change({ locale: { strings: { dropPasteFiles: 'Hierher oder %{browse}', browse: 'suchen' } } })
  expect(screen.getByRole('button', { name: 'Hierher oder suchen' })).toBeVisible()
})

it('a download tells its language too', async () => {
  await act(async () => {
    render(<S3Download endpoint="/api/s3" fileKey="a" fileName="a.pdf" locale={fr} />)
  })

  const button = screen.getByRole('button', { name: 'Télécharger a.pdf' })
  expect(button.parentElement).toHaveAttribute('lang', 'fr')
})
