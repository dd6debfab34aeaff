import { requireBucketName } from './model/bucket-name.js'
import { quirksOf } from './model/quirks.js'
import { requireCorsRule } from './operations/bucket-cors-operations.js'
import type { TestS3Options } from './test-s3.js'

/**
 * Checks the options of a test S3 when it is made.
 *
 * @throws TypeError with all problems in one message.
 */
export function requireOptions(options: TestS3Options): void {
  // Callers without types may leave out what is needed.
  const { buckets, credentials, cors = [], profile }: Partial<TestS3Options> = options
  const problems = [
    ...bucketProblems(buckets),
    ...cors.flatMap((rule) => problemOf(() => requireCorsRule(rule), 'cors')),
  ]
  const keys = [credentials].flat()
  if (keys.length === 0 || !keys.every((key) => key?.accessKeyId && key.secretAccessKey)) {
    problems.push('credentials: give at least one { accessKeyId, secretAccessKey }')
  }
  if (profile !== undefined && !(profile in quirksOf)) {
    problems.push(`profile: "${profile}" must be one of ${Object.keys(quirksOf).join(', ')}`)
  }
  if (problems.length === 0) return
  throw new TypeError(
    `s3-direct-upload: the test S3 cannot start with these options. ${problems.join('; ')}.`,
  )
}

function bucketProblems(buckets: readonly string[] | undefined): string[] {
  if (!Array.isArray(buckets)) return ["buckets: give a list of names, such as ['uploads']"]
  return buckets.flatMap((name) => problemOf(() => requireBucketName(name), `"${name}"`))
}

function problemOf(check: () => void, subject: string): string[] {
  try {
    check()
    return []
  } catch (problem) {
    return [`${subject}: ${problem instanceof Error ? problem.message : problem}`]
  }
}
