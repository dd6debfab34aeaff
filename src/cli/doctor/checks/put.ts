import { demandsChecksum } from '../../../s3/error-codes.js'
import { isSuccess, type S3Answer } from '../../../s3-client/s3-answer.js'
import { describeAnswer, isDenied, isUnsupported } from '../../bucket/judge-answer.js'
import type { Doctor, DoctorCheck } from '../examination/doctor.js'
import { refusalFinding } from '../examination/permission.js'
import { putSample, putUncheckedSample } from '../examination/sample.js'

/** Uploads with a presigned PUT, with every header that the signing handler binds. */
export const putCheck: DoctorCheck = {
  name: 'put',
  title: 'an upload by presigned PUT, with If-None-Match and a checksum',
  async run(doctor) {
    const checked = await putSample(`${doctor.folder}put.txt`, doctor)
    const answer =
      isSuccess(checked) && doctor.handler.checksums
        ? await putUncheckedSample(`${doctor.folder}unchecked.txt`, doctor)
        : checked
    if (isSuccess(answer)) return {}
    const reason = 'By PUT go the parts of large files, and all others where method is PUT.'
    if (mayRefuseHeaders(answer, doctor)) {
      return {
        findings: [
          {
            id: 'conditional-put',
            problem: `The storage does not take a PUT with If-None-Match and a checksum: it answered ${describeAnswer(answer)}.`,
            reason,
            fix: {
              text: "Give createSigningHandler the provider of your storage, or overwrite: 'allow', and checksums: false where that does not help. Run the doctor with --provider.",
            },
          },
        ],
      }
    }
    const need = { operation: 'PutObject', action: 's3:PutObject', reason }
    return { findings: [refusalFinding(answer, need, doctor)] }
  },
}

/** Some services answer 400 to a header that they do not know. */
function mayRefuseHeaders(answer: S3Answer, { handler }: Doctor): boolean {
  if (isDenied(answer) || demandsChecksum(answer.error)) return false
  const isSent = handler.overwrite === 'refuse' || handler.checksums
  return (
    isUnsupported(answer) ||
    (isSent && /^Invalid(?:Argument|Request)$/.test(answer.error?.code ?? ''))
  )
}
