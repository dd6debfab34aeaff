import type { StoredPart } from '../../../s3-client/list-parts.js'
import { isSuccess, type S3Answer } from '../../../s3-client/s3-answer.js'
import { askAsHandler, droppedHeaders } from '../examination/ask-as-handler.js'
import { noteMultipart, noteWrite } from '../examination/clean-up.js'
import type { CheckOutcome, Doctor, DoctorCheck } from '../examination/doctor.js'
import type { Finding } from '../examination/finding.js'
import { foreignAnswerFinding } from '../examination/foreign-answer-finding.js'
import { type Need, refusalFinding } from '../examination/permission.js'
import { putSamplePart, sampleObject, sampleText } from '../examination/sample.js'

const reason = 'Large files go in parts; without this call they cannot.'
const putObject = 's3:PutObject'

/** Begins, continues, lists and completes an upload in parts, and aborts another, with the requests of the handler. */
export const multipartCheck: DoctorCheck = {
  name: 'multipart',
  title: 'a multipart upload: create, part, list, complete, abort',
  async run(doctor) {
    const completed = await complete(doctor)
    const findings = [...(completed.findings ?? []), ...(await abort(doctor))]
    const byId = new Map(findings.map((finding) => [finding.id, finding]))
    return { findings: [...byId.values()], notes: completed.notes }
  },
}

/** The way of an upload that is finished. */
async function complete(doctor: Doctor): Promise<CheckOutcome> {
  const { folder, written, handler } = doctor
  const key = `${folder}multipart.txt`
  const created = await create(key, doctor)
  if ('finding' in created) return { findings: [created.finding] }
  const { s3UploadId } = created
  const part = await putSamplePart({ key, uploadId: s3UploadId }, doctor)
  const refusedPart = refusal(part, { operation: 'UploadPart', action: putObject, reason }, doctor)
  if (refusedPart) return { findings: [refusedPart] }
  const listed = await askAsHandler(doctor, (s3) => s3.listParts({ key, s3UploadId }))
  const refusedList = refusal(
    listed.answer,
    {
      operation: 'ListParts',
      action: 's3:ListMultipartUploadParts',
      reason:
        'The server looks at the parts before it puts them together, and when a page resumes.',
    },
    doctor,
  )
  const parts = [...(listed.result?.values() ?? [sentPart(part)])]
  const upload = { key, s3UploadId, parts, size: sampleText.length }
  let notes: readonly string[] = []
  let isComplete = false
  const answer = await noteWrite(doctor, key, async () => {
    const overwrite = handler.completionOverwrite
    const outcome = await askAsHandler(doctor, (s3) =>
      s3.completeMultipartUpload({ ...upload, overwrite }),
    )
    notes = droppedHeaders(outcome)
    isComplete = outcome.result === 'completed'
    return outcome.answer
  })
  if (isComplete) written.multiparts.delete(s3UploadId)
  const need = { operation: 'CompleteMultipartUpload', action: putObject, reason }
  const refused = isComplete ? undefined : refusalFinding(answer, need, doctor)
  return { notes, findings: [refusedList, refused].filter((finding) => finding !== undefined) }
}

/** The part as the page knows it, where the server may not list it. */
function sentPart({ headers }: S3Answer): StoredPart {
  const etag = headers.get('etag') ?? ''
  return { partNumber: 1, size: sampleText.length, etag, checksums: {} }
}

/** The way of an upload that is given up. */
async function abort(doctor: Doctor): Promise<Finding[]> {
  const { folder, written } = doctor
  const key = `${folder}aborted.txt`
  const created = await create(key, doctor)
  if ('finding' in created) return [created.finding]
  const { s3UploadId } = created
  const listed = await askAsHandler(doctor, (s3) => s3.listMultipartUploads(key))
  const refusedList = refusal(
    listed.answer,
    {
      operation: 'ListMultipartUploads',
      action: 's3:ListBucketMultipartUploads',
      reason:
        'So the server finds multipart uploads that were created by requests whose answers were lost.',
    },
    doctor,
  )
  const aborted = await askAsHandler(doctor, (s3) => s3.abortMultipartUpload({ key, s3UploadId }))
  if (isSuccess(aborted.answer)) written.multiparts.delete(s3UploadId)
  const need = {
    operation: 'AbortMultipartUpload',
    action: 's3:AbortMultipartUpload',
    reason: 'The parts of a cancelled upload stay in the bucket, and are paid for.',
  }
  return [refusedList, refusal(aborted.answer, need, doctor)].filter(
    (finding) => finding !== undefined,
  )
}

async function create(
  key: string,
  doctor: Doctor,
): Promise<{ readonly s3UploadId: string } | { readonly finding: Finding }> {
  const { contentType, storage } = sampleObject(key, doctor)
  const object = { key, contentType, storage, checksumAlgorithm: undefined }
  let s3UploadId: string | undefined
  const answer = await noteMultipart(doctor, key, async () => {
    const outcome = await askAsHandler(doctor, (s3) => s3.createMultipartUpload(object))
    s3UploadId = outcome.result
    return outcome.answer
  })
  const need = { operation: 'CreateMultipartUpload', action: putObject, reason }
  if (!s3UploadId && isSuccess(answer)) {
    return { finding: foreignAnswerFinding(answer, need.operation, doctor) }
  }
  if (!s3UploadId) return { finding: refusalFinding(answer, need, doctor) }
  doctor.written.multiparts.set(s3UploadId, key)
  doctor.written.unnamedMultiparts.delete(key)
  return { s3UploadId }
}

function refusal(answer: S3Answer, need: Need, doctor: Doctor): Finding | undefined {
  return isSuccess(answer) ? undefined : refusalFinding(answer, need, doctor)
}
