import type { Command } from 'commander'
import { baseCommand, type JsonOption } from '../base-command.js'
import { type Bucket, openBucket } from '../bucket/bucket.js'
import { addBucketOptions, type BucketOptions, readBucketConfig } from '../bucket/bucket-options.js'
import { CommandError } from '../command-error.js'
import { corsLine, readCorsRules, writeCorsRules } from '../cors/bucket-cors.js'
import { type BucketCorsRule, mergeCorsRules } from '../cors/cors-rule.js'
import { collectOrigins } from '../page-origin.js'
import type { Terminal } from '../terminal.js'

interface CorsOptions extends BucketOptions, JsonOption {
  readonly origin: readonly string[]
  readonly apply?: boolean
}

/** `cors`: writes the CORS rules that uploads need, merged with those of the bucket, or puts them there. */
export function corsCommand(terminal: Terminal): Command {
  return addBucketOptions(
    baseCommand('cors', {
      description:
        'Print the CORS rules that uploads need, together with those the bucket has; --apply puts them there.',
      examples: [
        'cors --origin https://app.example.com',
        'cors --origin https://app.example.com --origin http://localhost:5173 --apply',
      ],
    }),
  )
    .requiredOption(
      '--origin <origin>',
      'of the pages that upload; can be repeated',
      collectOrigins,
    )
    .option('--apply', 'put the rules on the bucket')
    .action(async ({ origin, apply = false, json, ...options }: CorsOptions) => {
      const bucket = openBucket(readBucketConfig(options, terminal.env), terminal)
      const { rules: existing, refused } = await readCorsRules(bucket)
      if (apply && refused) throw unreadable(refused)
      const rules = mergeCorsRules(existing, origin)
      if (apply) await writeCorsRules(bucket, rules)
      if (json) {
        const document = { applied: apply, couldReadRules: !refused, CORSRules: rules }
        terminal.write(JSON.stringify(document, null, 2))
      } else writeForPeople(terminal, bucket, { rules, apply, isComplete: !refused })
    })
}

function writeForPeople(
  { write, writeError }: Terminal,
  bucket: Bucket,
  {
    rules,
    apply,
    isComplete,
  }: {
    readonly rules: readonly BucketCorsRule[]
    readonly apply: boolean
    readonly isComplete: boolean
  },
): void {
  write(JSON.stringify({ CORSRules: rules }, null, 2))
  if (apply) {
    writeError(`The bucket ${bucket.location.bucket} has these rules now.`)
    return
  }
  if (!isComplete) {
    writeError(
      'The rules that the bucket has could not be read (s3:GetBucketCORS), and are not among these.',
    )
  }
  writeError('To put them on the bucket, run this again with --apply, or run:')
  writeError(`  ${corsLine(bucket, rules)}`)
}

function unreadable(outcome: string): CommandError {
  return new CommandError(
    `The CORS rules were not changed: S3 answered ${outcome} when asked for those the bucket has, ` +
      'and writing would replace them. The credentials need s3:GetBucketCORS and s3:PutBucketCORS.',
  )
}
