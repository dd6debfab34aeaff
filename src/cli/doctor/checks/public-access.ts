import { isSuccess, rootOf } from '../../../s3-client/s3-answer.js'
import { awsS3ApiLine } from '../../bucket/aws-line.js'
import type { DoctorCheck } from '../examination/doctor.js'
import { providerFamilyOf } from '../examination/provider-family.js'
import { sampleText } from '../examination/sample.js'
import { storedSample } from '../examination/stored-sample.js'

const blockEverything =
  'BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true'

/** Reads and lists as a stranger does. */
export const publicAccessCheck: DoctorCheck = {
  name: 'public-access',
  title: 'strangers can neither read nor list',
  appliesTo: ({ isPublic }) => !isPublic,
  async run(doctor) {
    const { bucket, pages, config } = doctor
    const key = await storedSample(doctor)
    const canRead =
      key !== undefined && (await pages.sendUnsigned(pages.url(key))).body === sampleText
    const list = await pages.sendUnsigned(pages.url(undefined, { 'list-type': '2' }))
    const canList = isSuccess(list) && rootOf(list)?.name === 'ListBucketResult'
    if (!canRead && !canList) return {}
    const isAws = providerFamilyOf(config.endpoint) === 'aws'
    const line = () =>
      awsS3ApiLine('put-public-access-block', bucket.location, [
        '--public-access-block-configuration',
        blockEverything,
      ])
    return {
      findings: [
        {
          id: 'public-access',
          problem: `Anybody can ${canRead ? 'read what is uploaded' : 'list the bucket'}, without a signature.`,
          reason: 'Files of your users are open to everybody who has, or finds, their address.',
          fix: {
            text: 'Block public access; for a bucket that is meant to be public, run doctor with --public.',
            ...(isAws && { command: line() }),
          },
        },
      ],
    }
  },
}
