import { requireCorsRule } from './bucket-cors-operations.js'
import { requireBucketName } from './bucket-name.js'
import { quirksOf } from './quirks.js'
import type { TestS3Options } from './test-s3.js'

/**
 * Checks the options of a test S3 when it is made.
 *
 * @throws TypeError with all problems in one message.
 */
export function requireOptions(options: TestS3Options): void {
  const problems = [
    ...options.buckets.flatMap((name) => problemOf(() => requireBucketName(name), `"${name}"`)),
    ...(options.cors ?? []).flatMap((rule) => problemOf(() => requireCorsRule(rule), 'cors')),
  ]
  const credentials = [options.credentials].flat()
  const isComplete = credentials.every(({ accessKeyId, secretAccessKey }) => {
    return accessKeyId && secretAccessKey
  })
  if (credentials.length === 0 || !isComplete) {
    problems.push('credentials: give at least one { accessKeyId, secretAccessKey }')
  }
  if (options.profile !== undefined && !(options.profile in quirksOf)) {
    problems.push(`profile: "${options.profile}" is none of ${Object.keys(quirksOf).join(', ')}`)
  }
  if (problems.length === 0) return
  throw new TypeError(
    `s3-direct-upload: the test S3 cannot start with these options. ${problems.join('; ')}.`,
  )
}

function problemOf(check: () => void, subject: string): string[] {
  try {
    check()
    return []
  } catch (problem) {
    return [`${subject}: ${problem instanceof Error ? problem.message : problem}`]
  }
}
