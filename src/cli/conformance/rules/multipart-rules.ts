import type { SignedUpload } from '../../../protocol/operations.js'
import { maxPartBytes, minPartBytes } from '../../../s3/limits.js'
import { type ConformanceRule, fail } from '../client/conformance-rule.js'
import { requireAccepted, requireEntryRefusal, requireRefusal } from '../client/expectations.js'
import {
  completeMultipart,
  requestListParts,
  requestSignParts,
  transferPart,
  transferParts,
  withMultipart,
} from '../client/multipart-uploads.js'
import type { Subject } from '../client/subject.js'
import {
  isStored,
  newFile,
  requestAbortUploads,
  requestCompleteUploads,
  requestMultipart,
  requestSignUploads,
} from '../client/uploads.js'

const section = 'Multipart uploads'

/** How a file goes in parts. */
export const multipartRules: readonly ConformanceRule[] = [
  {
    id: 'multipart-plan',
    level: 'multipart',
    title: 'plans parts that S3 takes',
    section,
    says: 'Parts of 5 MiB to 5 GiB; as many as size divided by their size, rounded up, at most 10,000.',
    async run(subject) {
      await withMultipart(subject, async ({ partCount, partSizeBytes }) => {
        if (partSizeBytes < minPartBytes || partSizeBytes > maxPartBytes)
          fail(`Parts of ${partSizeBytes} bytes are planned.`)
        const count = Math.ceil(subject.multipartSizeBytes / partSizeBytes)
        if (partCount !== count) fail(`${partCount} parts are planned where ${count} are needed.`)
      })
      return undefined
    },
  },
  {
    id: 'multipart-wish',
    level: 'multipart',
    title: 'takes a wish for parts, or answers as without it',
    section,
    says: 'The answer is what counts: a server that does not grant the wishes answers as it would without.',
    async run(subject) {
      const partSizeBytes = 6 * 2 ** 20
      const size = subject.multipartSizeBytes
      const file = newFile(subject, { size, inParts: true, partSizeBytes })
      const signed = await requestMultipart(subject, file)
      await requestAbortUploads(subject, [signed.token])
      if (signed.partCount !== Math.ceil(size / signed.partSizeBytes))
        fail(`${signed.partCount} parts of ${signed.partSizeBytes} bytes are planned for ${size}.`)
      return signed.partSizeBytes === partSizeBytes ? 'The wish is granted.' : undefined
    },
  },
  {
    id: 'multipart-round-trip',
    level: 'multipart',
    title: 'puts the parts together, and confirms with a receipt',
    section: 'Completing',
    says: 'Every part of the plan must be there; then the object, and a receipt.',
    run: sendInParts,
  },
  {
    id: 'multipart-lost-answer',
    level: 'multipart',
    title: 'finds the upload whose answer was lost',
    section,
    says: 'attempt above 1: find the open upload of the same id and answer for that one.',
    async run(subject) {
      const file = newFile(subject, { size: subject.multipartSizeBytes })
      const first = await requestMultipart(subject, file)
      const second = await requestMultipart(subject, file, { attempt: 2 })
      await requestAbortUploads(subject, [second.token])
      const { state } = await requestListParts(subject, first.token)
      if (second.key !== first.key) fail('The second answer is for another key.')
      if (state !== 'gone')
        fail('The second answer is for another upload under the key, and the first stays open.')
      return undefined
    },
  },
  {
    id: 'parts-missing',
    level: 'multipart',
    title: 'does not put together what is not complete',
    section: 'Completing',
    says: 'Every part of the plan must be there, or the answer is parts-missing.',
    async run(subject) {
      await withMultipart(subject, async ({ token }) => {
        const [entry] = await requestCompleteUploads(subject, [token])
        requireEntryRefusal(entry ?? {}, 'An upload without its parts', 'parts-missing')
      })
      return undefined
    },
  },
  {
    id: 'exact-part-size',
    level: 'multipart',
    title: 'signs exactly the size of each part',
    section: 'sign-parts',
    says: 'Sign the content-length of each part, or a page can store 10,000 × 5 GiB.',
    async run(subject) {
      await withMultipart(subject, async (signed) => {
        for (const difference of [1, -1]) {
          const [part] = await requestSignParts(subject, signed, [1])
          if (part === undefined) return fail('Part 1 was not signed.')
          const status = await transferPart(subject, part, signed.partSizeBytes + difference)
          if (isStored(status)) fail('The bucket took a part of another size than planned.')
        }
      })
      return undefined
    },
  },
  {
    id: 'part-beyond-plan',
    level: 'multipart',
    title: 'refuses a part beyond the plan and names the field',
    section: 'sign-parts',
    says: 'A number beyond the plan refuses the request as invalid-request.',
    async run(subject) {
      await withMultipart(subject, async ({ token, partCount }) => {
        for (const partNumber of [0, partCount + 1, 10_001]) {
          const body = { operation: 'sign-parts', token, parts: [{ partNumber }] }
          requireRefusal(
            await subject.ask({ body }),
            `Part ${partNumber} of ${partCount}`,
            'invalid-request',
          )
        }
      })
      return undefined
    },
  },
  {
    id: 'multipart-abort',
    level: 'multipart',
    title: 'leaves nothing of an upload that is given up',
    section: 'Aborting',
    says: 'Abort until S3 no longer knows the upload; then it is gone.',
    async run(subject) {
      const signed = await requestMultipart(
        subject,
        newFile(subject, { size: subject.multipartSizeBytes }),
      )
      requireAccepted(
        (await requestAbortUploads(subject, [signed.token]))[0],
        'Giving up an upload',
      )
      const { state } = await requestListParts(subject, signed.token)
      if (state !== 'gone') fail(`An upload that was given up is ${state}.`)
      const [entry] = await requestCompleteUploads(subject, [signed.token])
      requireEntryRefusal(entry ?? {}, 'Completing what was given up', 'upload-gone')
      return undefined
    },
  },
]

async function sendInParts(subject: Subject): Promise<string> {
  const file = newFile(subject, { size: subject.multipartSizeBytes })
  const signed = await requestMultipart(subject, file)
  try {
    await transferParts(subject, signed)
    const { state, parts } = await requestListParts(subject, signed.token)
    if (state !== 'open' || parts.length !== signed.partCount) {
      fail(
        `list-parts says ${parts.length} of ${signed.partCount} parts, and that the upload is ${state}.`,
      )
    }
    const completed = await completeMultipart(subject, signed.token)
    if (completed.size !== file.size || completed.key !== signed.key)
      fail('Another size or key was confirmed than signed.')
    if ((await requestListParts(subject, signed.token)).state !== 'completed')
      fail('list-parts does not say completed.')
    const [again] = await requestSignUploads(subject, [file], { attempt: 2 })
    requireEntryRefusal(again ?? {}, 'Signing again what is completed', 'upload-exists')
    const twice = requireAccepted<SignedUpload | object>(
      (await requestCompleteUploads(subject, [signed.token]))[0],
      'Completing twice',
    )
    if (!('etag' in twice) || twice.etag !== completed.etag)
      fail('Completing twice does not give the same answer.')
  } finally {
    await requestAbortUploads(subject, [signed.token])
  }
  return `${signed.partCount} parts went.`
}
