import type { FileDescription } from '../../../protocol/operations.js'
import { type ConformanceRule, fail } from '../client/conformance-rule.js'
import { codeOf } from '../client/expectations.js'
import type { Subject } from '../client/subject.js'
import {
  completeOne,
  isStored,
  newBytes,
  newFile,
  requestSignUploads,
  requestSingle,
  type SingleAnswer,
  transfer,
  uploadOne,
} from '../client/uploads.js'

const section = 'sign-uploads'
const signTheLeast = 'Sign the least: the exact key, the exact Content-Type, and exactly the size.'

/** What the bucket takes, and what it refuses, by what was signed. */
export const transferRules: readonly ConformanceRule[] = [
  {
    id: 'round-trip',
    level: 'core',
    title: 'signs what the bucket takes, and confirms it with a receipt',
    section: 'complete-uploads',
    says: 'The object is there, with the signed size and type; receipt is a proof for the app.',
    async run(subject) {
      const { file, signed, completed } = await uploadOne(subject)
      if (completed.id !== file.id) fail('The confirmation has another id than its file.')
      if (completed.key !== signed.key) fail('The confirmation has another key than was signed.')
      if (completed.size !== file.size)
        fail(`The confirmation says ${completed.size} bytes of ${file.size}.`)
      if (completed.receipt === '') fail('The receipt is empty.')
      if (!/^"[^"]+"$/.test(completed.etag))
        fail('The etag is not as S3 writes it, with its quotation marks.')
      return undefined
    },
  },
  {
    id: 'empty-file',
    level: 'core',
    title: 'takes an empty file, or says that it is too small',
    section,
    says: 'size is a number of bytes, 0 among them.',
    async run(subject) {
      const file = newFile(subject, { size: 0 })
      const [entry] = await requestSignUploads(subject, [file])
      if (codeOf(entry) === 'file-too-small') return 'It refuses empty files.'
      const signed = await requestSingle(subject, file)
      const status = await transfer(subject, signed, new Uint8Array())
      if (!isStored(status)) fail(`The bucket answered ${status} to an empty file.`)
      const { size } = await completeOne(subject, signed.token)
      if (size !== 0) fail(`An empty file was confirmed with ${size} bytes.`)
      return undefined
    },
  },
  {
    id: 'exact-size',
    level: 'core',
    title: 'signs exactly the size',
    section,
    says: signTheLeast,
    async run(subject) {
      for (const difference of [1, 100_000, -1]) {
        const signed = await requestSingle(subject, newFile(subject, { size: 1000 }))
        await requireBucketRefusal(
          subject,
          signed,
          1000 + difference,
          `${Math.abs(difference)} bytes ${difference > 0 ? 'more' : 'fewer'} than signed`,
        )
      }
      return undefined
    },
  },
  {
    id: 'exact-type',
    level: 'core',
    title: 'signs exactly the content type',
    section,
    says: signTheLeast,
    async run(subject) {
      const signed = await requestSingle(subject)
      const changed = withType(signed, 'text/html; charset=x-conformance')
      await requireBucketRefusal(subject, changed, 12, 'another content type than signed')
      return undefined
    },
  },
  {
    id: 'exact-key',
    level: 'core',
    title: 'signs exactly the key',
    section,
    says: signTheLeast,
    async run(subject) {
      const signed = await requestSingle(subject)
      await requireBucketRefusal(
        subject,
        withKey(signed, `${signed.key}x`),
        12,
        'another key than signed',
      )
      return undefined
    },
  },
  {
    id: 'large-file',
    level: 'core',
    title: 'refuses a file that it cannot have sent',
    section: 'Errors',
    says: 'A file that is larger than the rules, or than S3, allow is refused with file-too-large.',
    async run(subject) {
      const [entry] = await requestSignUploads(subject, [newFile(subject, { size: 2 ** 50 })])
      const code = codeOf(entry)
      if (code !== 'file-too-large')
        fail(`A file of 1 PiB was ${code ? `refused with ${code}` : 'signed'}.`)
      return undefined
    },
  },
]

async function requireBucketRefusal(
  subject: Subject,
  signed: SingleAnswer,
  size: FileDescription['size'],
  what: string,
): Promise<void> {
  const status = await transfer(subject, signed, newBytes(size))
  if (isStored(status)) fail(`The bucket took a file with ${what}.`)
}

function withType(signed: SingleAnswer, type: string): SingleAnswer {
  if (signed.method === 'PUT')
    return { ...signed, headers: { ...signed.headers, 'content-type': type } }
  const others = Object.entries(signed.fields).filter(
    ([name]) => name.toLowerCase() !== 'content-type',
  )
  return { ...signed, fields: { ...Object.fromEntries(others), 'Content-Type': type } }
}

function withKey(signed: SingleAnswer, key: string): SingleAnswer {
  if (signed.method === 'POST') return { ...signed, fields: { ...signed.fields, key } }
  const url = new URL(signed.url)
  url.pathname += 'x'
  return { ...signed, url: url.href }
}
