import { join } from 'node:path'
import { Uppy } from '@uppy/core'
import { S3Uploader, useS3Uploader } from 's3-direct-upload'
import { describe, expect, it } from 'vitest'
import { readOptionDocs } from '../../../scripts/options/option-docs.js'
import { optionTable } from '../../../src/react/options/option-table.js'
import { refuseConflicts } from '../../../src/react/options/uppy-options.js'
import { expectArrival, optionCases } from './option-cases.js'

const code = { S3Uploader, useS3Uploader }
const docs = await readOptionDocs(join(import.meta.dirname, '../../..'), 'uploader')

describe('an option of the table arrives where its row says, a live one also when it changes:', () => {
  it.each(optionCases(optionTable, docs))('$name to $row.to', async (option) => {
    await expectArrival(code, option)
  })
})

// These two go to an instance of the app as well.
const takenByAnyInstance = new Set(['metadata', 'locale'])

it.each(
  optionCases(optionTable, docs).filter(
    ({ name, row }) => row.to === 'uppy' && !takenByAnyInstance.has(name),
  ),
)('$name is refused beside an instance of the app, which would not get it', (option) => {
  const { name, samples } = option

  expect(() => refuseConflicts(new Uppy(), { [name]: samples[0] })).toThrow(`\`${name}\` cannot`)
})

it('an option that arrives elsewhere is found', async () => {
  const maxFiles = { name: 'maxFiles', samples: [7, 8] } as const

  await expect(
    expectArrival(code, { ...maxFiles, row: { to: 'plugin', live: true } }),
  ).rejects.toThrow()
})

it.each(Object.entries(optionTable))(
  'the comment of %s says whether it is read once',
  (name, row) => {
    expect(/Read once, at the start/.test(docs.get(name)?.text ?? '')).toBe(!row.live)
  },
)
