import type { Command } from 'commander'
import { openBucket } from '../bucket/bucket.js'
import { unreadable } from '../bucket/bucket-document.js'
import { addBucketOptions, type BucketOptions, readBucketConfig } from '../bucket/bucket-options.js'
import { closingLines } from '../bucket/closing-lines.js'
import { baseCommand, type JsonOption } from '../command-line/base-command.js'
import { collectOrigins } from '../command-line/page-origin.js'
import type { Terminal } from '../command-line/terminal.js'
import { corsDocument, corsLine, readCorsRules, writeCorsRules } from '../cors/bucket-cors.js'
import { areSameRules, mergeCorsRules } from '../cors/cors-rule.js'

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
      if (apply && refused) throw unreadable(corsDocument, refused)
      const rules = mergeCorsRules(existing, origin)
      const isNew = !areSameRules(rules, existing)
      if (apply && isNew) await writeCorsRules(bucket, rules)
      if (json) {
        const outcome = {
          applied: apply,
          changed: apply && isNew,
          couldReadRules: !refused,
          refused,
        }
        terminal.write(JSON.stringify({ ...outcome, CORSRules: rules }, null, 2))
        return
      }
      terminal.write(JSON.stringify({ CORSRules: rules }, null, 2))
      const line = corsLine(bucket, rules)
      for (const text of closingLines({ bucket, line, apply, isNew, refused })) {
        terminal.writeError(text)
      }
    })
}
