import { isSuccess } from '../../../s3-client/s3-answer.js'
import { isUnsupported } from '../../bucket/judge-answer.js'
import type { DoctorCheck } from '../examination/doctor.js'
import { refusalFinding } from '../examination/permission.js'
import { type ProviderFamily, providerFamilyOf } from '../examination/provider-family.js'
import { postSample } from '../examination/sample.js'

const names: Readonly<Record<ProviderFamily, string>> = {
  aws: 'This service',
  r2: 'Cloudflare R2',
  b2: 'Backblaze B2',
  other: 'This service',
}

/** Uploads with a form, the way files below the threshold go by default. */
export const postCheck: DoctorCheck = {
  name: 'post',
  title: 'an upload by POST, with a signed policy',
  appliesTo: ({ method }) => method === 'POST',
  async run(doctor) {
    const answer = await postSample(`${doctor.folder}post.txt`, doctor)
    if (isSuccess(answer)) return {}
    const reason = 'By POST go all files below multipartThreshold.'
    if (!isUnsupported(answer)) {
      const need = { operation: 'PostObject', action: 's3:PutObject', reason }
      return { findings: [refusalFinding(answer, need, doctor)] }
    }
    return {
      findings: [
        {
          id: 'post-unsupported',
          problem: `${names[providerFamilyOf(doctor.config.endpoint)]} takes no uploads by POST.`,
          reason,
          fix: {
            text: "Give createSigningHandler the option method: 'PUT', and run doctor with --method PUT.",
          },
        },
      ],
    }
  },
}
