import { writeXml } from '../../../s3/xml.js'
import { type Answer, elementOf } from '../../bucket/answer.js'
import { noteBegin, noteWrite } from '../clean-up.js'
import type { Check, Doctor } from '../doctor.js'
import type { Finding } from '../finding.js'
import { foreignAnswerFinding } from '../foreign-answer-finding.js'
import { type Need, refusalFinding } from '../permission.js'
import { putSamplePart } from '../sample.js'

const reason = 'Large files go in parts; without this call they cannot.'
const putObject = 's3:PutObject'

/** Begins, continues, lists and completes an upload in parts, and aborts another. */
export const multipartCheck: Check = {
  name: 'multipart',
  title: 'a multipart upload: create, part, list, complete, abort',
  async run(doctor) {
    const findings = [...(await complete(doctor)), ...(await abort(doctor))]
    const byId = new Map(findings.map((finding) => [finding.id, finding]))
    return { findings: [...byId.values()] }
  },
}

/** The way of an upload that is finished. */
async function complete(doctor: Doctor): Promise<Finding[]> {
  const { bucket, folder, written } = doctor
  const key = `${folder}multipart.txt`
  const created = await create(key, doctor)
  if ('finding' in created) return [created.finding]
  const { uploadId } = created
  const part = await putSamplePart({ key, uploadId }, doctor)
  const refusedPart = refusal(part, { operation: 'UploadPart', action: putObject, reason }, doctor)
  if (refusedPart) return [refusedPart]
  const listed = await bucket.send({ method: 'GET', key, query: { uploadId } })
  const refusedList = refusal(
    listed,
    {
      operation: 'ListParts',
      action: 's3:ListMultipartUploadParts',
      reason:
        'The server looks at the parts before it puts them together, and when a page resumes.',
    },
    doctor,
  )
  const headers = { 'content-type': 'application/xml' }
  const body = partList(part.headers.get('etag') ?? '')
  const completed = await noteWrite(doctor, key, () =>
    bucket.send({ method: 'POST', key, query: { uploadId }, headers, body }),
  )
  if (completed.isSuccess) written.uploads.delete(uploadId)
  const need = { operation: 'CompleteMultipartUpload', action: putObject, reason }
  return [refusedList, refusal(completed, need, doctor)].filter((finding) => finding !== undefined)
}

/** The way of an upload that is given up. */
async function abort(doctor: Doctor): Promise<Finding[]> {
  const { bucket, folder, written } = doctor
  const key = `${folder}aborted.txt`
  const created = await create(key, doctor)
  if ('finding' in created) return [created.finding]
  const { uploadId } = created
  const listed = await bucket.send({ method: 'GET', query: { uploads: '', prefix: key } })
  const refusedList = refusal(
    listed,
    {
      operation: 'ListMultipartUploads',
      action: 's3:ListBucketMultipartUploads',
      reason: 'So the server finds uploads that were begun by requests whose answers were lost.',
    },
    doctor,
  )
  const aborted = await bucket.send({ method: 'DELETE', key, query: { uploadId } })
  if (aborted.isSuccess) written.uploads.delete(uploadId)
  const need = {
    operation: 'AbortMultipartUpload',
    action: 's3:AbortMultipartUpload',
    reason: 'The parts of a cancelled upload stay in the bucket, and are paid for.',
  }
  return [refusedList, refusal(aborted, need, doctor)].filter((finding) => finding !== undefined)
}

async function create(
  key: string,
  doctor: Doctor,
): Promise<{ readonly uploadId: string } | { readonly finding: Finding }> {
  const headers = { 'content-type': 'text/plain' }
  const answer = await noteBegin(doctor, key, () =>
    doctor.bucket.send({ method: 'POST', key, query: { uploads: '' }, headers }),
  )
  const uploadId = answer.isSuccess ? elementOf(answer, 'UploadId') : undefined
  const need = { operation: 'CreateMultipartUpload', action: putObject, reason }
  if (!uploadId && answer.isSuccess) {
    return { finding: foreignAnswerFinding(answer, need.operation, doctor) }
  }
  if (!uploadId) return { finding: refusalFinding(answer, need, doctor) }
  doctor.written.uploads.set(uploadId, key)
  doctor.written.begun.delete(key)
  return { uploadId }
}

function refusal(answer: Answer, need: Need, doctor: Doctor): Finding | undefined {
  return answer.isSuccess ? undefined : refusalFinding(answer, need, doctor)
}

function partList(etag: string): string {
  const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/'
  return writeXml('CompleteMultipartUpload', { Part: [{ PartNumber: 1, ETag: etag }] }, namespace)
}
