import type { BucketLocation } from '../../s3/bucket-location.js'

/** Writes a line for the AWS CLI: `aws s3api <operation> --bucket … <args>`, ready for a shell. */
export function awsS3ApiLine(
  operation: string,
  { bucket, region, endpoint }: BucketLocation,
  args: readonly string[],
): string {
  const where = ['--region', region, ...(endpoint ? ['--endpoint-url', endpoint] : [])]
  return shellLine(['aws', 's3api', operation, '--bucket', bucket, ...args, ...where])
}

/** Writes words as a line that a shell takes apart into the same words. */
export function shellLine(words: readonly string[]): string {
  return words.map(quoted).join(' ')
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
