import { expect, it } from 'vitest'
import { createTranslate, displayMessages, splitAt } from '../../src/react/messages.js'

it('fills in placeholders and leaves unknown ones', () => {
  const translate = createTranslate(undefined, displayMessages)

  expect(translate('actionOnFile', { action: 'Retry', file: '$& %{action}.txt' })).toBe(
    'Retry: $& %{action}.txt',
  )
  expect(translate('dropPasteFiles')).toBe('Drop files here or %{browseFiles}')
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

it('splits a text where an element goes', () => {
  expect(splitAt('Drop here or %{browseFiles}!', 'browseFiles')).toEqual(['Drop here or ', '!'])
  expect(splitAt('Drop here', 'browseFiles')).toEqual(['Drop here', ''])
})
