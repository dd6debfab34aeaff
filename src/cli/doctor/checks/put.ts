import { isDenied, isUnsupported } from '../../bucket/answer.js'
import type { Check } from '../doctor.js'
import { refusalFinding } from '../permission.js'
import { putSample } from '../sample.js'

/** Uploads with a presigned PUT, with every header that the signing handler binds. */
export const putCheck: Check = {
  name: 'put',
  title: 'an upload by presigned PUT, with If-None-Match and a checksum',
  async run(doctor) {
    const answer = await putSample(`${doctor.folder}put.txt`, doctor)
    if (answer.isSuccess) return {}
    const reason = 'By PUT go the parts of large files, and all others where method is PUT.'
    if (isUnsupported(answer) && !isDenied(answer)) {
      return {
        findings: [
          {
            id: 'conditional-put',
            problem: 'The storage does not take a PUT with If-None-Match and a checksum.',
            reason,
            fix: {
              text: "Give createSigningHandler overwrite: 'allow', and checksums: false where that does not help.",
            },
          },
        ],
      }
    }
    const need = { operation: 'PutObject', action: 's3:PutObject', reason }
    return { findings: [refusalFinding(answer, need, doctor)] }
  },
}
