import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { downloadErrorMessages } from '../../src/react/text/download-error-messages.js'
import { errorMessages } from '../../src/react/text/error-messages.js'
import { readDocComments } from '../openapi/doc-comments.js'
import { type ErrorReport, errorReports } from './error-reports.js'

/** The page of all error codes. */
export const errorPagePath = 'docs/errors.md'

const head = `# Errors

Written by \`npm run errors\`.

Each error has a \`code\`. Users read the sentence of the code, or what the app says itself in a \`SigningError\`. \`message\` is for
developers. [What an error says](transfers.md#what-an-error-says) tells the two apart, and how \`locale\` replaces a sentence.

Errors come from three places: the signing endpoint, the storage, and the browser. The endpoint answers with the status that stands
behind the code. The functions named here tell the errors apart; where \`isUploadError\` stands, no other of them is true.
\`Retry\` is the \`retryable\` of the error. A server that is not of this package may say otherwise.
`

/** Writes the page from the sources below `root`. */
export async function errorPage(root: string): Promise<string> {
  const source = await readFile(join(root, 'src/protocol/error-response.ts'), 'utf8')
  return errorPageOf(errorReports(readDocComments(source).get('errorCodes')?.fields ?? new Map()))
}

/** Writes the page of these reports, one row for each code. */
export function errorPageOf(reports: readonly ErrorReport[]): string {
  const byCode = Map.groupBy(reports, ({ code }) => code)
  const rows = [...byCode]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, group]) => `| ${cellsOf(code, group).map(inCell).join(' | ')} |`)
  const table = [
    '| Code | Reported by | Users read | Developers | Retry |',
    '|---|---|---|---|---|',
  ]
  return [head, ...table, ...rows, ''].join('\n')
}

function cellsOf(code: string, group: readonly ErrorReport[]): string[] {
  return [
    `\`${code}\``,
    group.map(reporterOf).join('<br>'),
    sentencesOf(code),
    each(group, ({ cause, help }) => `${cause} ${help}`),
    each(group, ({ retryable }) => retryOf(retryable)),
  ]
}

function reporterOf({ place, status, guard }: ErrorReport): string {
  return `${status === undefined ? place : `${place}, ${status}`}: \`${guard}\``
}

/** What differs by the place names it. */
function each(group: readonly ErrorReport[], tell: (report: ErrorReport) => string): string {
  const told = group.map(tell)
  if (new Set(told).size === 1) return told[0] ?? ''
  return group.map(({ place }, index) => `${place}: ${told[index]}`).join('<br>')
}

function retryOf(values: readonly boolean[]): string {
  const [value, ...others] = new Set(values)
  if (others.length > 0) return 'depends'
  return value ? 'yes' : 'no'
}

function sentencesOf(code: string): string {
  const uploads: Readonly<Record<string, string>> = errorMessages
  const downloads: Readonly<Record<string, string>> = downloadErrorMessages
  const upload = uploads[code] ?? errorMessages.other
  const download = downloads[code]
  return download === undefined || download === upload
    ? upload
    : `${upload}<br>Download: ${download}`
}

/** A line between columns would end the cell. */
function inCell(text: string): string {
  return text.replaceAll('|', '\\|')
}
