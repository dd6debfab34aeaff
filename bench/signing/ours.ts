import type {
  Refused,
  SignedUpload,
  SignPartsResponse,
  SignUploadsResponse,
} from '../../src/protocol/operations.js'
import type { Signed, SigningContestant } from './contestant.js'
import type { Stage } from './stage.js'
import { files, part, partNumbers } from './workload.js'

/** The package of this repository, by requests to its handler: read, checked, signed and written as JSON. */
export function createOurs({ post, upload }: Stage): readonly SigningContestant[] {
  const parts = partNumbers.map((partNumber) => ({ partNumber, checksum: part.checksum }))
  return [
    {
      task: 'post-policy',
      subject: 'ours',
      async signBatch() {
        const response = await post({ operation: 'sign-uploads', files })
        return async () => {
          const answer: SignUploadsResponse = await response.json()
          return answer.files.map(formOf)
        }
      },
    },
    {
      task: 'part-url',
      subject: 'ours',
      async signBatch() {
        const response = await post({ operation: 'sign-parts', token: upload.token, parts })
        return async () => {
          const answer: SignPartsResponse = await response.json()
          return answer.parts
        }
      },
    },
  ]
}

function formOf(signed: SignedUpload | Refused): Signed {
  if ('error' in signed) throw new Error(`The handler refused a file: ${signed.error.message}`)
  if (signed.method !== 'POST') throw new Error(`The handler signed a ${signed.method}.`)
  return signed
}
