import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { optionPages, optionSources } from '../../../scripts/options/option-pages.js'
import { optionsTable } from '../../../scripts/options/options-table.js'

const root = join(import.meta.dirname, '../../..')

it.each(await optionPages({ root, ...optionSources }))(
  '$path says what the comments of the options say: after a change, run "npm run options"',
  async ({ path, text }) => {
    expect(await readFile(join(root, path), 'utf8')).toBe(text)
  },
)

describe('a row of the reference', () => {
  const doc = { type: 'string', isRequired: false, default: undefined, see: undefined }
  const rowOf = (changes: Partial<typeof doc & { text: string }>) => {
    const docs = new Map([['colour', { text: 'Says which.', ...doc, ...changes }]])
    return optionsTable(['colour'], docs, { title: 'prop', links: 'absolute' }).split('\n').at(-1)
  }

  it('keeps a line of a type within its cell', () => {
    expect(rowOf({ type: "'red' | 'blue'" })).toBe(
      "| `colour` | `'red' \\| 'blue'` | – | Says which. |",
    )
  })

  it('is refused for an option without a comment', () => {
    expect(() => rowOf({ text: '' })).toThrow('"colour" has no doc comment')
  })
})
