import { encodeObjectKey } from '../../../s3/object-key.js'
import { type ConformanceRule, fail, skip } from '../client/conformance-rule.js'
import { requestSignDownloads, requireDownload } from '../client/downloads.js'
import { codeOf, fieldOf, requireEntryRefusal, requireRefusal } from '../client/expectations.js'
import type { Subject } from '../client/subject.js'
import { uploadOne } from '../client/uploads.js'
import { requireOtherUser } from './caller-rules.js'
import { alteredTokens } from './token-rules.js'

const section = 'sign-downloads'

/** How stored files are downloaded. */
export const downloadRules: readonly ConformanceRule[] = [
  {
    id: 'download',
    level: 'downloads',
    title: 'signs the download of a file the user has uploaded, byte for byte',
    section,
    says: 'A file is named by its receipt or by its key; the URL works without any header.',
    run: downloadOne,
  },
  {
    id: 'download-type',
    level: 'downloads',
    title: 'has browsers save a file, not show it, unless asked',
    section,
    says: 'disposition is attachment unless the page asks for inline.',
    async run(subject) {
      const { completed } = await uploadOne(subject)
      const [entry] = await requestSignDownloads(subject, [{ receipt: completed.receipt }])
      const { url } = requireDownload(entry, 'An uploaded file')
      const response = await subject.askBucket(new Request(url))
      await response.body?.cancel()
      const disposition = response.headers.get('content-disposition') ?? ''
      if (!/^attachment\b/i.test(disposition))
        fail('The download is not answered as an attachment.')
      return undefined
    },
  },
  {
    id: 'download-one-key',
    level: 'downloads',
    title: 'signs the download of one key alone',
    section,
    says: 'Sign the least.',
    async run(subject) {
      const [one, other] = [await uploadOne(subject), await uploadOne(subject)]
      const [entry] = await requestSignDownloads(subject, [{ receipt: one.completed.receipt }])
      const url = new URL(requireDownload(entry, 'An uploaded file').url)
      const changed = url.href.replace(
        encodeObjectKey(one.completed.key),
        encodeObjectKey(other.completed.key),
      )
      if (changed === url.href) return skip('The URL does not have the key in its path.')
      const response = await subject.askBucket(new Request(changed))
      await response.body?.cancel()
      if (response.ok) fail('The signature of one object opens another one.')
      return undefined
    },
  },
  {
    id: 'download-other-user',
    level: 'downloads',
    title: "refuses another user's file, named by its key",
    section,
    says: 'The app decides who may download; the default is to refuse.',
    async run(subject) {
      requireOtherUser(subject)
      const { completed } = await uploadOne(subject)
      const [entry] = await requestSignDownloads(subject, [{ key: completed.key }], 'other-user')
      if (codeOf(entry) === undefined)
        fail("The key of another user's file was enough to download it.")
      return undefined
    },
  },
  {
    id: 'download-altered-receipt',
    level: 'downloads',
    title: 'refuses an altered receipt, and a token in its place',
    section,
    says: 'A receipt is signed; whatever else is refused with invalid-token.',
    async run(subject) {
      const { signed, completed } = await uploadOne(subject)
      const receipts = [...alteredTokens(completed.receipt).slice(0, 98), signed.token, 'v1.x']
      const entries = await requestSignDownloads(
        subject,
        receipts.map((receipt) => ({ receipt })),
      )
      for (const entry of entries) {
        requireEntryRefusal(entry, 'An altered receipt', 'invalid-token', 'forbidden')
      }
      return undefined
    },
  },
  {
    id: 'download-foreign-key',
    level: 'downloads',
    title: 'refuses keys it did not make',
    section,
    says: "A key outside the server's prefix, or that nobody may read, is refused.",
    async run(subject) {
      const keys = ['conformance-foreign', '../secret', '/', 'a/../b', 'x'.repeat(1024)]
      for (const entry of await requestSignDownloads(
        subject,
        keys.map((key) => ({ key })),
      )) {
        if (codeOf(entry) === undefined)
          fail('A download was signed for a key that the server never made.')
      }
      return undefined
    },
  },
  {
    id: 'download-batch',
    level: 'downloads',
    title: 'answers downloads one by one, in order',
    section: 'Batches',
    says: 'A malformed item does not refuse the others; more than 100 refuse the request.',
    async run(subject) {
      const { receipt, key } = (await uploadOne(subject)).completed
      const [first, malformed, last] = await requestSignDownloads(subject, [
        { receipt },
        { receipt: 7 },
        { receipt },
      ])
      requireEntryRefusal(malformed ?? {}, 'A malformed download', 'invalid-request')
      if (fieldOf(first, 'key') !== key || fieldOf(last, 'key') !== key)
        fail('Beside a malformed item, the others were not signed.')
      for (const files of [[], Array.from({ length: 101 }, () => ({ receipt }))]) {
        const answer = await subject.ask({ body: { operation: 'sign-downloads', files } })
        // A tighter limit of the server, or of what stands in front of it.
        if (files.length > 100 && answer.status === 413) continue
        requireRefusal(answer, `sign-downloads of ${files.length} files`, 'invalid-request')
      }
      return undefined
    },
  },
]

async function downloadOne(subject: Subject): Promise<string> {
  const { bytes, completed } = await uploadOne(subject)
  const { receipt, key } = completed
  const [byReceipt, byKey] = await requestSignDownloads(subject, [{ receipt }, { key }])
  const download = requireDownload(byReceipt, 'An uploaded file, named by its receipt,')
  if (download.key !== key) fail('The download is of another key.')
  const response = await subject.askBucket(new Request(download.url))
  const got = new Uint8Array(await response.arrayBuffer())
  if (!response.ok) fail(`The bucket answered ${response.status} to a download as signed.`)
  if (got.length !== bytes.length || got.some((byte, index) => byte !== bytes[index])) {
    fail('The bytes that came back are not those that were sent.')
  }
  return codeOf(byKey) === undefined
    ? 'By receipt and by key.'
    : 'By receipt; by key it is refused.'
}
