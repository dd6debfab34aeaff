import { demandsChecksum } from '../../../s3/error-codes.js'
import type { S3Answer } from '../../../s3-client/s3-answer.js'
import { shellLine } from '../../bucket/aws-line.js'
import { describeAnswer, isDenied, isForeign, isUnsupported } from '../../bucket/judge-answer.js'
import type { Doctor } from './doctor.js'
import type { Finding, Fix } from './finding.js'
import { foreignAnswerFinding } from './foreign-answer-finding.js'
import { providerFamilyOf } from './provider-family.js'

/** What a request needed, and what it is good for. */
export interface Need {
  /** Such as `PutObject`. */
  readonly operation: string
  /** The permission, such as `s3:PutObject`. */
  readonly action: string
  /** What does not work without it. */
  readonly reason: string
}

/** Explains why S3 refused a request. */
export function refusalFinding(answer: S3Answer, need: Need, doctor: Doctor): Finding {
  const { operation, action, reason } = need
  if (isForeign(answer)) return foreignAnswerFinding(answer, operation, doctor)
  if (isDenied(answer)) {
    return {
      id: `permission-${action.replace('s3:', '')}`,
      problem: `The credentials may not ${operation}: the permission ${action} is missing.`,
      reason,
      fix: permissionFix(action, doctor),
    }
  }
  if (demandsChecksum(answer.error)) {
    return {
      id: 'checksum-demanded',
      problem: `The bucket demands a checksum with every file, as one with Object Lock does: ${operation} without one got ${describeAnswer(answer)}.`,
      reason: 'Pages send a checksum only where they are told to, so that uploads are refused.',
      fix: {
        text: 'Set checksum on the uploader, and requireChecksum: true in createSigningHandler.',
      },
    }
  }
  if (isUnsupported(answer)) {
    return {
      id: `unsupported-${operation}`,
      problem: `The storage does not know ${operation}: it answered ${describeAnswer(answer)}.`,
      reason,
      fix: { text: 'Use a service that has it, or ask its provider.' },
    }
  }
  return {
    id: `refused-${operation}`,
    problem: `${operation} was refused: the storage answered ${describeAnswer(answer)}.`,
    reason,
    fix: {
      text: `Look ${answer.error?.code ?? 'the status'} up in the documentation of the storage.`,
    },
  }
}

function permissionFix(action: string, { config, unclaimed }: Doctor): Fix {
  const { bucket, prefix = '' } = config
  const policy = uploadPolicy({ bucket, prefix, unclaimed })
  switch (providerFamilyOf(config.endpoint)) {
    case 'aws':
      return {
        text: `Attach this policy to the role of the server (put its name for ROLE); ${action} is in it. It replaces the role's policy of the same name.`,
        json: policy,
        command: shellLine([
          ...['aws', 'iam', 'put-role-policy', '--role-name', 'ROLE'],
          ...[
            '--policy-name',
            policyName(bucket, prefix),
            '--policy-document',
            JSON.stringify(policy),
          ],
        ]),
      }
    case 'r2':
      return {
        text: 'Create an R2 API token with "Object Read & Write" for this bucket, and use its keys.',
      }
    case 'b2':
      return {
        text: 'Create an application key with "Read and Write" access to this bucket, and use it.',
      }
    case 'other':
      return {
        text: `Grant the access key ${action}, in the console of the storage or with this policy. If every call is refused, its secret may be wrong: not every service says so.`,
        json: policy,
      }
  }
}

const tagActions = [
  's3:PutObjectTagging',
  's3:GetObjectTagging',
  's3:DeleteObjectTagging',
  's3:DeleteObject',
]

/** One for each bucket and prefix, in the characters and the length that IAM takes. */
function policyName(bucket: string, prefix: string): string {
  return `s3-direct-upload-${bucket}-${prefix}`.replace(/[^\w+=,.@-]+/g, '-').slice(0, 128)
}

/** What the server's credentials need; docs/security.md says what for. */
function uploadPolicy({
  bucket,
  prefix,
  unclaimed,
}: {
  readonly bucket: string
  readonly prefix: string
  readonly unclaimed: Doctor['unclaimed']
}) {
  const arn = `arn:aws:s3:::${bucket}`
  const objectActions = [
    's3:PutObject',
    's3:GetObject',
    's3:AbortMultipartUpload',
    's3:ListMultipartUploadParts',
    ...(unclaimed === 'tag' ? tagActions : []),
  ]
  const onPrefix = { Condition: { StringLike: { 's3:prefix': `${prefix}*` } } }
  return {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: objectActions, Resource: `${arn}/${prefix}*` },
      { Effect: 'Allow', Action: 's3:ListBucket', Resource: arn, ...(prefix !== '' && onPrefix) },
      { Effect: 'Allow', Action: 's3:ListBucketMultipartUploads', Resource: arn },
    ],
  }
}
