import type { Command } from 'commander'
import { openBucket } from '../bucket/bucket.js'
import { addBucketOptions, type BucketOptions, readBucketConfig } from '../bucket/bucket-options.js'
import { baseCommand, type JsonOption } from '../command-line/base-command.js'
import { collectOrigins } from '../command-line/page-origin.js'
import type { Terminal } from '../command-line/terminal.js'
import { bucketCors } from '../cors/bucket-cors.js'
import { areSameRules, type BucketCorsRule, mergeCorsRules } from '../cors/cors-rule.js'
import { mergeRules } from './merge-rules.js'

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
    .action(({ origin, apply = false, json, ...options }: CorsOptions) => {
      const bucket = openBucket(readBucketConfig(options, terminal.env), terminal)
      const merge = (existing: readonly BucketCorsRule[]) => {
        const rules = mergeCorsRules(existing, origin)
        return { rules, isNew: !areSameRules(rules, existing) }
      }
      return mergeRules({ bucket, kind: bucketCors, merge, apply, json }, terminal)
    })
}
