import type { Bucket } from './bucket.js'

/** What came of rules for a bucket. */
export interface RulesOutcome {
  readonly bucket: Pick<Bucket, 'location'>
  /** The line of the AWS CLI that puts them there. */
  readonly line: string
  /** Whether they were to be put on the bucket. */
  readonly apply: boolean
  /** Whether the bucket had other ones before. */
  readonly isNew: boolean
  /** Why those of the bucket could not be read. */
  readonly refused: string | undefined
}

/** Says to people what came of rules, or how to put them on the bucket. */
export function closingLines({
  bucket,
  line,
  apply,
  isNew,
  refused,
}: RulesOutcome): readonly string[] {
  const { bucket: name } = bucket.location
  if (!isNew) return [`The bucket ${name} has these rules already: nothing was changed.`]
  if (apply) return [`The bucket ${name} has these rules now.`]
  const warning = `The rules that the bucket has could not be read, and are not among these. ${refused}`
  return [
    ...(refused ? [warning] : []),
    'To put them on the bucket, run this again with --apply, or run:',
    `  ${line}`,
  ]
}
