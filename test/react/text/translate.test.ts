import { expect, it } from 'vitest'
import { displayMessages } from '../../../src/react/text/messages.js'
import {
  createTranslate,
  splitInvitation,
  withSubstitutes,
} from '../../../src/react/text/translate.js'

it('fills in placeholders, and shows nobody one without a value', () => {
  const translate = createTranslate(undefined, displayMessages)

  expect(translate('actionOnFile', { action: 'Retry', file: '$& %{action}.txt' })).toBe(
    'Retry: $& %{action}.txt',
  )
  expect(translate('dropPasteFiles')).toBe('Drop files here or')
})

it('chooses the plural form by the count', () => {
  const translate = createTranslate(undefined, displayMessages)

  expect(translate('uploadXFiles', { smart_count: 1 })).toBe('Upload 1 file')
  expect(translate('uploadXFiles', { smart_count: 0 })).toBe('Upload 0 files')
})

it('prefers the texts of the locale and its plural rule', () => {
  const polish = {
    strings: { uploadXFiles: { 0: 'jeden', 1: 'kilka', 2: 'wiele' }, cancelUpload: 'Anuluj' },
    pluralize: (count: number) => (count === 1 ? 0 : count < 5 ? 1 : 2),
  }
  const translate = createTranslate(polish, displayMessages)

  expect(translate('uploadXFiles', { smart_count: 7 })).toBe('wiele')
  expect(translate('cancelUpload')).toBe('Anuluj')
})

it('keeps the English plural rule for texts that the locale lacks', () => {
  const translate = createTranslate({ strings: {}, pluralize: () => 2 }, displayMessages)

  expect(translate('xFilesAdded', { smart_count: 3 })).toBe('3 files added')
})

it.each([
  ['Vorher %{browse} nachher', ['Vorher ', 'EINS', ' nachher']],
  ['Vorher %{browseFiles}', ['Vorher ', 'ZWEI', '']],
  ['%{browseFiles} oder %{browse}!', ['', 'ZWEI', ' oder !']],
  ['Vorher', ['Vorher ', 'ZWEI', '']],
])('parts the invitation “%s” at its link', (dropPasteFiles, parts) => {
  const strings = { dropPasteFiles, browse: 'EINS', browseFiles: 'ZWEI' }
  const translate = createTranslate({ strings }, displayMessages)

  expect(splitInvitation(translate, 'dropPasteFiles')).toEqual(parts)
})

it.each(['browse', 'browseFiles'])('needs only one text for the link, %s', (name) => {
  for (const dropPasteFiles of ['Vorher %{browse}', 'Vorher %{browseFiles}']) {
    const locale = withSubstitutes({ strings: { dropPasteFiles, [name]: 'EINS' } })
    const translate = createTranslate(locale, displayMessages)

    expect(splitInvitation(translate, 'dropPasteFiles')[1]).toBe('EINS')
  }
})
