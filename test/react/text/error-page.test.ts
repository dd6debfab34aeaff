import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { errorPage, errorPageOf, errorPagePath } from '../../../scripts/errors/error-page.js'
import { errorReports } from '../../../scripts/errors/error-reports.js'
import { errorMessages } from '../../../src/react/text/error-messages.js'

const root = join(import.meta.dirname, '../../..')
const page = await errorPage(root)

/** The cells of a row, by the code. */
function rowOf(text: string, code: string): readonly string[] {
  const line = text.split('\n').find((row) => row.startsWith(`| \`${code}\` |`))
  return line?.slice(2, -2).split(' | ') ?? []
}

it('the page says what the sources say: after a change, run "npm run errors"', async () => {
  expect(await readFile(join(root, errorPagePath), 'utf8')).toBe(page)
})

it.each(Object.keys(errorMessages).filter((code) => code !== 'other'))(
  'the page has one row for %s',
  (code) => {
    expect(rowOf(page, code)).toHaveLength(5)
    expect(page.split(`\n| \`${code}\` |`)).toHaveLength(2)
  },
)

it('a code that two places report has what each says', () => {
  const [, reporters, users, developers, retry] = rowOf(page, 'checksum-mismatch')

  expect(reporters).toBe('endpoint, 409: `isEndpointError`<br>storage: `isStorageError`')
  expect(users).toBe(errorMessages['checksum-mismatch'])
  expect(developers).toMatch(/^endpoint: The stored object .*<br>storage: Other bytes arrived/)
  expect(retry).toBe('endpoint: no<br>storage: yes')
})

it('the sentence of a download stands there where it is another', () => {
  const [, , users] = rowOf(page, 'forbidden')

  expect(users).toMatch(/upload files here\. .*<br>Download: You are not allowed to download/)
  expect(rowOf(page, 'rate-limited')[2]).toBe(errorMessages['rate-limited'])
})

it('a retry depends where errors with the code differ', () => {
  expect(rowOf(page, 'endpoint-answer')[4]).toBe('depends')
  expect(rowOf(page, 'blocked-by-policy')[4]).toBe('no')
})

it('a line of a text stays within its cell', () => {
  const report = { code: 'network', guard: 'isNetworkError', retryable: [true] }
  const text = errorPageOf([{ ...report, place: 'browser', cause: 'Red | blue.', help: 'Wait.' }])

  expect(text).toContain('Red \\| blue. Wait.')
})

it('a code of the protocol without a comment is refused', () => {
  expect(() => errorReports(new Map())).toThrow('"invalid-request" has no doc comment')
})
