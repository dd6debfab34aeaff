import { describe, expect, it } from 'vitest'
import { optionTable } from '../../../src/react/options/option-table.js'
import { downloadErrorMessages } from '../../../src/react/text/download-error-messages.js'
import { errorMessages } from '../../../src/react/text/error-messages.js'
import {
  behaviourMessages,
  displayMessages,
  downloadMessages,
} from '../../../src/react/text/messages.js'
import { pluginOptionTable } from '../../../src/uppy/plugin-option-table.js'
import { developerWordsIn } from './developer-words.js'

const tables = {
  errorMessages,
  downloadErrorMessages,
  behaviourMessages,
  displayMessages,
  downloadMessages,
}

/** Each text that users read, with its name; one for each plural form. */
const texts = Object.entries(tables).flatMap(([table, messages]) =>
  Object.entries(messages).flatMap(([key, message]) => {
    const forms: readonly string[] =
      typeof message === 'string' ? [message] : Object.values(message)
    return forms.map((text) => [`${table}: ${key}`, text] as const)
  }),
)

it.each(texts)('no word of developers is in %s: %s', (_name, text) => {
  expect(developerWordsIn(text)).toEqual([])
})

describe('the words of developers', () => {
  it.each(Object.keys({ ...optionTable, ...pluginOptionTable }))(
    'are the option %s, at least as code',
    (name) => {
      expect(developerWordsIn(`Set \`${name}\` to another value.`)).not.toEqual([])
    },
  )

  it.each([
    'Raise maxFileSize.',
    'The signing endpoint did not answer.',
    'The CORS rules of the bucket lack this page.',
    'It lacks x-amz-content-sha256.',
    'The content type is wrong: Content-Type.',
    'It answered with status 403.',
    'The tokens are too old.',
    'The value is null.',
    'Files of s3 cannot be read.',
    'Set name="attachments".',
  ])('are in: %s', (text) => {
    expect(developerWordsIn(text)).not.toEqual([])
  })

  it.each([
    'Resume the paused uploads or remove them.',
    'The name of the file is too long.',
    '%{file} is larger than %{size}.',
    'These types are accepted, and required.',
  ])('are not in: %s', (text) => {
    expect(developerWordsIn(text)).toEqual([])
  })
})
