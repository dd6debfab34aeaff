import { fireEvent, screen, waitFor } from '@testing-library/react'
import de_DE from '@uppy/locales/lib/de_DE.js'
import type { UploaderLocale } from 's3-direct-upload'
import { ar } from 's3-direct-upload/locales/ar'
import { de } from 's3-direct-upload/locales/de'
import { es } from 's3-direct-upload/locales/es'
import { fr } from 's3-direct-upload/locales/fr'
import { ja } from 's3-direct-upload/locales/ja'
import { expect, it } from 'vitest'
import { created, s3Refusal } from '../../support/scripted-endpoint.js'
import { fileOf, holdTransfers, renderUploader } from '../render-uploader.js'

const modules = import.meta.glob<UploaderLocale>(
  '../../../node_modules/@uppy/locales/lib/*_[A-Z][A-Za-z]*.js',
  { eager: true, import: 'default' },
)
const packs: readonly (readonly [name: string, pack: UploaderLocale])[] = [
  ...Object.entries(modules).map(
    ([path, pack]) => [path.replace(/.*\/(\w+)\.js$/, '$1'), pack] as const,
  ),
  ...[ar, de, es, fr, ja].map((pack) => [`our ${pack.code}`, pack] as const),
]

/** What of an element a user sees, hears or reads on hovering. */
function textsOf(root: Element): string {
  const elements = [root, ...root.querySelectorAll('*')]
  const attributes = ['title', 'aria-label', 'aria-valuetext', 'aria-description', 'placeholder']
  const inAttributes = elements.flatMap((element) =>
    attributes.map((name) => element.getAttribute(name) ?? ''),
  )
  return [root.textContent, ...inAttributes].join('\n')
}

const rawText = /%\{|\bundefined\b|\[object|NaN/

const dragged = { dataTransfer: { types: ['Files'], items: [], dropEffect: 'none' } }

it('finds all packs', () => {
  expect(packs.length).toBeGreaterThanOrEqual(49)
  expect(packs.map(([, pack]) => pack)).toContain(de_DE)
})

it.each(packs)('writes the invitation of the pack %s around its link', (_, locale) => {
  const { container } = renderUploader({ locale })

  const link = container.querySelector('.s3u-link')
  const { dropPasteFiles, browse, browseFiles } = locale.strings ?? {}
  const sentence = String(dropPasteFiles)
    .replace('%{browseFiles}', String(browseFiles))
    .replace('%{browse}', String(browse))
  expect(link?.textContent).toMatch(/\S/)
  expect(screen.getByRole('button').textContent).toBe(sentence)
})

it.each(packs)('fills every text of the pack %s', async (_, locale) => {
  const { container, choose, endpoint, user } = renderUploader({
    locale,
    autoUpload: false,
    accept: '.txt',
    maxFileSize: 20,
    minFileSize: 3,
  })
  const texts: string[] = []
  const look = () => texts.push(textsOf(container))
  const act = (action: string) =>
    user.click(container.querySelector(`[data-action="${action}"]:not(:disabled)`)!)
  const rows = (status: string) => container.querySelectorAll(`li[data-status="${status}"]`)
  const held = holdTransfers(endpoint)

  look()
  fireEvent.dragEnter(container.firstElementChild!, dragged)
  look()
  fireEvent.dragLeave(container.firstElementChild!, dragged)
  await choose(fileOf('one.txt'))
  look()
  await choose(
    fileOf('two.txt'),
    fileOf('large.txt', { size: 30 }),
    fileOf('small.txt', { size: 1 }),
    fileOf('picture.png', { type: 'image/png' }),
  )
  look()
  await act('start')
  await waitFor(() => expect(held).toHaveLength(2))
  await held[0]?.progress(0.5)
  look()
  await act('pause-all')
  look()
  await act('cancel-all')
  endpoint.onSend = async (_request, store) => {
    store()
    return created
  }
  await choose(fileOf('one.txt'))
  await act('start')
  await waitFor(() => expect(rows('complete')).toHaveLength(1))
  look()
  endpoint.onSend = async () => s3Refusal(403, 'AccessDenied')
  await choose(fileOf('three.txt'))
  await act('start')
  await waitFor(() => expect(rows('failed')).toHaveLength(1))
  look()

  expect(texts.filter((text) => rawText.test(text))).toEqual([])
})

it.each(packs)(
  'says in the words of the pack %s that there are too many files',
  async (_, locale) => {
    const { container, choose } = renderUploader({ locale, maxFiles: 2, autoUpload: false })

    await choose(fileOf('one.txt'), fileOf('two.txt'), fileOf('three.txt'))

    await waitFor(() => expect(container.querySelector('.s3u-rejected')).toBeVisible())
    expect(textsOf(container)).not.toMatch(rawText)
  },
)

it('puts the link behind an invitation that does not name it', () => {
  renderUploader({ locale: { strings: { dropPasteFiles: 'Vorher', browse: 'suchen' } } })

  expect(screen.getByRole('button', { name: 'Vorher suchen' })).toBeVisible()
})

it('writes the size behind a sentence that a pack has in two texts', async () => {
  const { choose, container } = renderUploader({
    locale: modules[pathOf('es_MX')]!,
    maxFileSize: 2,
  })

  await choose(fileOf('a.txt'))

  await waitFor(() =>
    expect(container).toHaveTextContent('a.txt excede el tamaño máximo permitido de 2 bytes'),
  )
})

it('takes another pack while it runs', () => {
  const { change } = renderUploader({ locale: de_DE })

  change({ locale: modules[pathOf('fr_FR')]! })

  expect(
    screen.getByRole('button', { name: 'Déposer les fichiers ici, coller ou naviguer' }),
  ).toBeVisible()
})

function pathOf(name: string): string {
  return `../../../node_modules/@uppy/locales/lib/${name}.js`
}
