import { optionTable } from '../../../src/react/options/option-table.js'
import { pluginOptionTable } from '../../../src/uppy/plugin-option-table.js'

/** Words of which people who upload a file know nothing; an `s` may follow. */
const technicalWords = [
  'endpoint',
  'CORS',
  'CSP',
  'protocol',
  'token',
  'bucket',
  'S3',
  'signature',
  'presigned',
  'checksum',
  'multipart',
  'null',
  'undefined',
  'HTTP',
  'JSON',
  'API',
  'URL',
]

const headerNames = [
  'Authorization',
  'Content-Disposition',
  'Content-Length',
  'Content-MD5',
  'Content-Security-Policy',
  'Content-Type',
  'Cookie',
  'ETag',
  'Origin',
  'Retry-After',
  'x-amz-[\\w-]+',
]

/** Options whose names are words of plain English: people read “the name of the file”, but not “`name`” or “name=”. */
const plainNames: ReadonlySet<string> = new Set([
  'accept',
  'directory',
  'disabled',
  'error',
  'multiple',
  'name',
  'required',
  'resume',
  'theme',
  'value',
])

const optionNames = Object.keys({ ...optionTable, ...pluginOptionTable })
const codeNames = optionNames.filter((name) => !plainNames.has(name))

/** What no sentence for users has in it. */
export const developerWords: readonly RegExp[] = [
  ...technicalWords.map((word) => new RegExp(`\\b${word}s?\\b`, 'i')),
  ...headerNames.map((name) => new RegExp(`\\b${name}\\b`, 'i')),
  ...codeNames.map((name) => new RegExp(`\\b${name}\\b`, 'i')),
  ...[...plainNames].map((name) => new RegExp(`\`${name}\`|\\b${name}[=:]`)),
  // A name written as code, and the status of an answer.
  /\b[a-z]+[A-Z]\w*/,
  /`/,
  /\b[1-5]\d\d\b/,
]

/** The words of developers in a text for users; what stands for a value is no word of it. */
export function developerWordsIn(text: string): readonly string[] {
  const words = text.replace(/%\{\w+\}/g, '')
  return developerWords.flatMap((word) => word.exec(words)?.[0] ?? [])
}
