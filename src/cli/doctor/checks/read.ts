import type { ObjectHead } from '../../../s3-client/head-object.js'
import { isSuccess } from '../../../s3-client/s3-answer.js'
import { isStoredAs } from '../../../server/objects/media-type.js'
import { askAsHandler, droppedHeaders, type HandlerOutcome } from '../examination/ask-as-handler.js'
import type { CheckOutcome, DoctorCheck } from '../examination/doctor.js'
import type { Finding } from '../examination/finding.js'
import { refusalFinding } from '../examination/permission.js'
import { sampleText, sampleType } from '../examination/sample.js'
import { storedSample } from '../examination/stored-sample.js'

/** Looks at a stored object as the server does before it believes an upload. */
export const readCheck: DoctorCheck = {
  name: 'read',
  title: 'HEAD and GET of a stored object',
  async run(doctor) {
    const key = await storedSample(doctor)
    if (key === undefined) return { notes: ['Nothing could be stored that could be read.'] }
    const reason = 'The server looks at each object that a page says it has stored.'
    const action = 's3:GetObject'
    const { checksums: wantsChecksum } = doctor.handler
    const looked = await askAsHandler(doctor, (s3) => s3.headObject({ key, wantsChecksum }))
    const { result: stored, answer } = looked
    if (stored === undefined && isSuccess(answer)) return { findings: [incomplete] }
    if (stored === undefined) {
      return {
        findings: [refusalFinding(answer, { operation: 'HeadObject', action, reason }, doctor)],
      }
    }
    const get = await doctor.bucket.send({ method: 'GET', key })
    if (!isSuccess(get)) {
      return { findings: [refusalFinding(get, { operation: 'GetObject', action, reason }, doctor)] }
    }
    if (get.body !== sampleText) return { findings: [changedContent] }
    return judge(stored, looked)
  },
}

const changedContent: Finding = {
  id: 'changed-content',
  problem: 'What is read is not what was stored.',
  reason: 'Files come back damaged.',
  fix: { text: 'Look for a proxy that changes bodies between here and the storage.' },
}

const incomplete: Finding = {
  id: 'incomplete-head',
  problem:
    'The storage describes an object without its size or its ETag, to HEAD and to GET alike.',
  reason: 'The server cannot tell whether a file has arrived, so that no upload completes.',
  fix: {
    text: 'Look for a proxy between here and the storage that takes Content-Length, Content-Range or ETag away.',
  },
}

/** Holds what the handler reads against what was stored, and notes what it overlooks. */
function judge(
  { size, contentType }: ObjectHead,
  looked: HandlerOutcome<ObjectHead | undefined>,
): CheckOutcome {
  const isSize = size === sampleText.length
  if (!isSize || !isStoredAs(contentType, sampleType)) {
    const facts = isSize
      ? `the type "${contentType}" where "${sampleType}" was stored`
      : `${size} bytes where ${sampleText.length} were stored`
    return {
      findings: [
        {
          id: isSize ? 'changed-type' : 'changed-size',
          problem: `The storage tells ${facts}.`,
          reason: `Every upload ends with ${isSize ? 'type' : 'size'}-mismatch.`,
          fix: { text: 'Look for a proxy that changes headers between here and the storage.' },
        },
      ],
    }
  }
  return { notes: [...droppedHeaders(looked), ...overlooked(contentType, looked)] }
}

function overlooked(contentType: string, { exchanges }: HandlerOutcome<unknown>): string[] {
  const first = exchanges[0]?.answer
  const headers = first?.headers
  const isHeard = first !== undefined && isSuccess(first)
  return [
    ...(isHeard && !headers?.has('content-length')
      ? ['HEAD tells no Content-Length: the handler asks for the size by GET as well.']
      : []),
    ...(headers?.get('etag')?.startsWith('W/')
      ? ['Something weakens ETags (W/), as a proxy that compresses does: the handler overlooks it.']
      : []),
    ...(contentType.toLowerCase() === sampleType
      ? []
      : [
          `The storage tells the type "${contentType}" for "${sampleType}": the handler overlooks it.`,
        ]),
  ]
}
