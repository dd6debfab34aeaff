/** A CORS rule as the AWS CLI and its documentation write it. */
export interface BucketCorsRule {
  readonly ID?: string
  readonly AllowedOrigins: readonly string[]
  readonly AllowedMethods: readonly string[]
  readonly AllowedHeaders?: readonly string[]
  readonly ExposeHeaders?: readonly string[]
  readonly MaxAgeSeconds?: number
}

/** By this name a later run finds the rule again. */
export const ruleId = 's3-direct-upload'

/** How long a browser may remember the answer to a preflight; Chromium remembers none longer than two hours. */
export const maxAgeSeconds = 3600

/**
 * Adds what uploads need to the rules of a bucket.
 *
 * The rule stands first, because S3 answers with the first that fits; every other rule stays as it is.
 */
export function mergeCorsRules(
  rules: readonly BucketCorsRule[],
  origins: readonly string[],
): readonly BucketCorsRule[] {
  const earlier = rules.find(({ ID }) => ID === ruleId)
  const others = rules.filter((rule) => rule !== earlier)
  const rule: BucketCorsRule = {
    ID: ruleId,
    AllowedOrigins: united(earlier?.AllowedOrigins, origins),
    AllowedMethods: united(['POST', 'PUT'], earlier?.AllowedMethods),
    AllowedHeaders: ['*'],
    ...(earlier?.ExposeHeaders && { ExposeHeaders: earlier.ExposeHeaders }),
    MaxAgeSeconds: maxAgeSeconds,
  }
  return [rule, ...others]
}

function united(first: readonly string[] = [], second: readonly string[] = []): readonly string[] {
  return [...new Set([...first, ...second])]
}
