import { type ConformanceRule, fail } from '../client/conformance-rule.js'
import { codeOf, requireAccepted, requireEntryRefusal } from '../client/expectations.js'
import {
  completeOne,
  newBytes,
  newFile,
  requestAbortUploads,
  requestCompleteUploads,
  requestSingle,
  transfer,
  uploadOne,
} from '../client/uploads.js'

/** What `complete-uploads` and `abort-uploads` answer. */
export const completionRules: readonly ConformanceRule[] = [
  {
    id: 'never-sent',
    level: 'core',
    title: 'looks at the object before it confirms',
    section: 'complete-uploads',
    says: 'The server looks at the object; upload-not-found where there is none.',
    async run(subject) {
      const { token } = await requestSingle(subject)
      const [entry] = await requestCompleteUploads(subject, [token])
      requireEntryRefusal(entry ?? {}, 'A file that was never sent', 'upload-not-found')
      return undefined
    },
  },
  {
    id: 'complete-twice',
    level: 'core',
    title: 'confirms again what was confirmed before',
    section: 'complete-uploads',
    says: 'Completing twice is allowed and gives the same answer.',
    async run(subject) {
      const { signed, completed } = await uploadOne(subject)
      const again = await completeOne(subject, signed.token)
      for (const field of ['id', 'key', 'size', 'etag', 'contentType'] as const) {
        if (again[field] !== completed[field]) fail(`The second answer has another ${field}.`)
      }
      return undefined
    },
  },
  {
    id: 'abort',
    level: 'core',
    title: 'answers an upload that is given up as aborted',
    section: 'abort-uploads',
    says: 'One entry per token: id and state "aborted", or error.',
    async run(subject) {
      const file = newFile(subject)
      const { token } = await requestSingle(subject, file)
      const [entry] = await requestAbortUploads(subject, [token])
      if (entry === undefined || 'error' in entry) return fail('An upload could not be given up.')
      if (entry.id !== file.id) fail('The entry has another id than its file.')
      return undefined
    },
  },
  {
    id: 'abort-keeps',
    level: 'core',
    title: 'keeps a completed object when its upload is given up',
    section: 'abort-uploads',
    says: 'A completed object stays, unless the server deletes what nobody has claimed.',
    async run(subject) {
      const { signed } = await uploadOne(subject)
      await requestAbortUploads(subject, [signed.token])
      const [entry] = await requestCompleteUploads(subject, [signed.token])
      if (codeOf(entry) === 'upload-not-found') return 'It deletes what nobody has claimed.'
      requireAccepted(entry, 'Completing what is stored')
      return undefined
    },
  },
  {
    id: 'refused-transfer',
    level: 'core',
    title: 'does not confirm what the bucket refused',
    section: 'complete-uploads',
    says: 'upload-not-found, size-mismatch or type-mismatch where the object is not what was signed.',
    async run(subject) {
      const signed = await requestSingle(subject, newFile(subject, { size: 1000 }))
      await transfer(subject, signed, newBytes(999))
      const [entry] = await requestCompleteUploads(subject, [signed.token])
      requireEntryRefusal(
        entry ?? {},
        'A file of the wrong size',
        'upload-not-found',
        'size-mismatch',
      )
      return undefined
    },
  },
]
