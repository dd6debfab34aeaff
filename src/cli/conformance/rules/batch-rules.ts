import { type ConformanceRule, fail } from '../client/conformance-rule.js'
import { codeOf, fieldOf, requireAnswer, requireEntryRefusal } from '../client/expectations.js'
import type { Subject } from '../client/subject.js'
import {
  newFile,
  requestAbortUploads,
  requestCompleteUploads,
  requestSignUploads,
  requestSingle,
} from '../client/uploads.js'

const section = 'Batches'
const malformedItem =
  'A malformed item does not refuse the others; it is answered in its place with invalid-request.'

/** How several items in one request are answered. */
export const batchRules: readonly ConformanceRule[] = [
  {
    id: 'batch-order',
    level: 'core',
    title: 'answers in the order of the request',
    section: 'sign-uploads',
    says: 'The answer has one entry per file, in the same order.',
    async run(subject) {
      const files = [10, 20, 30, 40].map((size) => newFile(subject, { size }))
      const signed = await requestSignUploads(subject, files)
      requireIds(signed, files, 'sign-uploads')
      const tokens = signed.map((entry) => fieldOf(entry, 'token'))
      requireIds(await requestCompleteUploads(subject, tokens), files, 'complete-uploads')
      requireIds(await requestAbortUploads(subject, tokens), files, 'abort-uploads')
      return undefined
    },
  },
  {
    id: 'malformed-file',
    level: 'core',
    title: 'refuses a malformed file alone, by its id and field',
    section,
    says: malformedItem,
    run: sendMalformedFile,
  },
  {
    id: 'malformed-token',
    level: 'core',
    title: 'refuses a malformed token alone',
    section,
    says: malformedItem,
    async run(subject) {
      const { token } = await requestSingle(subject)
      const completed = await requestCompleteUploads(subject, [token, 7, token])
      requireMiddleRefused(completed, 'complete-uploads', 'upload-not-found')
      requireMiddleRefused(await requestAbortUploads(subject, [token, 7, token]), 'abort-uploads')
      return undefined
    },
  },
  {
    id: 'full-batch',
    level: 'core',
    title: 'takes 100 files, or says that they are too many',
    section,
    says: 'A list has up to 100 items; a server with tighter limits answers 413.',
    async run(subject) {
      const name = `${'n'.repeat(200)}${subject.fileName}`
      const files = Array.from({ length: 100 }, () => newFile(subject, { name }))
      const body = { operation: 'sign-uploads', attempt: 1, files }
      const answer = await subject.ask({ body })
      if (answer.status === 413) return 'It answers 413, and the client halves the batch.'
      if (codeOf(answer.json) === 'too-many-files') return 'Its rules allow fewer files.'
      const { length } = requireAnswer('sign-uploads', answer, 'A request of 100 files').files
      if (length !== 100) fail(`100 files were answered with ${length} entries.`)
      return undefined
    },
  },
]

async function sendMalformedFile(subject: Subject): Promise<undefined> {
  for (const [field, value] of [
    ['size', -1],
    ['name', ''],
    ['checksum', 'x'],
    ['metadata', { a: 1 }],
  ] as const) {
    const wrong = { ...newFile(subject), [field]: value }
    const entries = await requestSignUploads(subject, [newFile(subject), wrong, newFile(subject)])
    requireMiddleRefused(entries, 'sign-uploads')
    const [, entry] = entries
    if (fieldOf(entry, 'id') !== wrong.id) fail('The refusal of a malformed file has not its id.')
    const message = String(fieldOf(fieldOf(entry, 'error'), 'message'))
    if (!message.includes(`files.1.${field}`))
      fail(`The refusal of a malformed ${field} does not name files.1.${field}.`)
  }
  return undefined
}

function requireIds(
  entries: readonly object[],
  files: readonly { id: string }[],
  operation: string,
): void {
  const isInOrder = files.every(({ id }, index) => fieldOf(entries[index], 'id') === id)
  if (!isInOrder) fail(`The entries of ${operation} are in another order than the request.`)
}

/** Demands that the second of three items is refused, and the others are not, or with `otherCode`. */
function requireMiddleRefused(
  entries: readonly object[],
  operation: string,
  otherCode?: string,
): void {
  const [first, middle, last] = entries
  requireEntryRefusal(middle ?? {}, `A malformed item of ${operation}`, 'invalid-request')
  for (const entry of [first, last]) {
    if (codeOf(entry) !== otherCode)
      fail(`Beside a malformed item, one of ${operation} was answered otherwise than alone.`)
  }
}
