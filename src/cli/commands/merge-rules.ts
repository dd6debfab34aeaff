import type { Bucket } from '../bucket/bucket.js'
import { type RulesKind, readRules, rulesLine, writeRules } from '../bucket/bucket-rules.js'
import { CommandError } from '../command-line/command-error.js'
import type { Terminal } from '../command-line/terminal.js'

/** The rules of a bucket together with those that uploads need. */
interface MergedRules<Rules> {
  readonly rules: Rules
  /** Whether the bucket has other ones. */
  readonly isNew: boolean
  /** What the user has to change in the bucket's own rules; with one of them, the command fails. */
  readonly warnings?: readonly string[]
}

/** Which rules of which bucket a command is about. */
interface RulesToMerge<Rules> {
  readonly bucket: Bucket
  readonly kind: RulesKind<Rules>
  readonly merge: (existing: Rules) => MergedRules<Rules>
  /** Whether to put the rules on the bucket, and not only to print them. */
  readonly apply: boolean
  /** Whether to print for scripts. */
  readonly json: true | undefined
}

/**
 * Prints the rules of a bucket together with those that uploads need, and puts them on the bucket with `apply`.
 *
 * @throws CommandError when they cannot be read or written, so that nothing is replaced unseen.
 */
export async function mergeRules<Rules>(
  { bucket, kind, merge, apply, json }: RulesToMerge<Rules>,
  { write, writeError }: Pick<Terminal, 'write' | 'writeError'>,
): Promise<void> {
  const { rules: existing, refused } = await readRules(bucket, kind)
  if (apply && refused !== undefined) throw unreadable(kind.name, refused)
  const { rules, isNew, warnings } = merge(existing)
  if (apply && isNew) await writeRules(bucket, kind, rules)
  const print = (document: object) => write(JSON.stringify(document, null, 2))
  if (json) {
    const outcome = { applied: apply, changed: apply && isNew, couldReadRules: !refused, refused }
    print({ ...outcome, warnings, ...kind.toJson(rules) })
  } else {
    print(kind.toJson(rules))
    const line = rulesLine(bucket, kind, rules)
    const { bucket: name } = bucket.location
    for (const text of closingLines({ name, line, apply, isNew, refused })) writeError(text)
    for (const warning of warnings ?? []) writeError(warning)
  }
  if (warnings && warnings.length > 0) throw new CommandError('')
}

/** Says what came of the rules, or how to put them on the bucket. */
function closingLines({
  name,
  line,
  apply,
  isNew,
  refused,
}: {
  readonly name: string
  readonly line: string
  readonly apply: boolean
  readonly isNew: boolean
  readonly refused: string | undefined
}): readonly string[] {
  if (!isNew) return [`The bucket ${name} has these rules already: nothing was changed.`]
  if (apply) return [`The bucket ${name} has these rules now.`]
  const warning = `The rules that the bucket has could not be read, and are not among these. ${refused}`
  return [
    ...(refused ? [warning] : []),
    'To put them on the bucket, run this again with --apply, or run:',
    `  ${line}`,
  ]
}

function unreadable(name: string, refused: string): CommandError {
  return new CommandError(
    `${name} were not changed: those of the bucket could not be read, and writing would replace them. ${refused}`,
  )
}
