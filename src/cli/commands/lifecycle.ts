import type { Command } from 'commander'
import { signingDefaults } from '../../server/contract/signing-options.js'
import { lifecycleRules } from '../../server/objects/lifecycle-rules.js'
import { openBucket } from '../bucket/bucket.js'
import { unreadable } from '../bucket/bucket-document.js'
import {
  addBucketOptions,
  addPrefixOption,
  type BucketOptions,
  readBucketConfig,
} from '../bucket/bucket-options.js'
import { closingLines } from '../bucket/closing-lines.js'
import { baseCommand, type JsonOption } from '../command-line/base-command.js'
import { CommandError } from '../command-line/command-error.js'
import type { Terminal } from '../command-line/terminal.js'
import { type UnclaimedOption, unclaimedOption } from '../command-line/unclaimed-option.js'
import {
  lifecycleDocument,
  lifecycleLine,
  readLifecycle,
  writeLifecycle,
} from '../lifecycle/bucket-lifecycle.js'
import { describeHasty, mergeLifecycle } from '../lifecycle/lifecycle-merge.js'

interface LifecycleOptions extends BucketOptions, JsonOption, UnclaimedOption {
  readonly apply?: boolean
}

/** `lifecycle`: writes the lifecycle rules that uploads need, merged with those of the bucket, or puts them there. */
export function lifecycleCommand(terminal: Terminal): Command {
  return addPrefixOption(
    addBucketOptions(
      baseCommand('lifecycle', {
        description:
          'Print the lifecycle rules that uploads need, together with those the bucket has; --apply puts them there.',
        examples: ['lifecycle', 'lifecycle --unclaimed tag --apply', 'lifecycle --prefix uploads/'],
      }),
    ),
  )
    .addOption(unclaimedOption())
    .option('--apply', 'put the rules on the bucket')
    .action((options: LifecycleOptions) => applyLifecycle(options, terminal))
}

async function applyLifecycle(
  { unclaimed, apply = false, json, ...options }: LifecycleOptions,
  terminal: Terminal,
): Promise<void> {
  const config = readBucketConfig(options, terminal.env)
  const bucket = openBucket(config, terminal)
  const found = await readLifecycle(bucket)
  const { refused } = found
  if (apply && refused) throw unreadable(lifecycleDocument, refused)
  const { prefix = '' } = config
  const needed = lifecycleRules({ ...signingDefaults, prefix, unclaimed })
  const { rules, hasty } = mergeLifecycle(found.rules, needed)
  const isNew = rules !== found.rules
  const wanted = { ...found, rules }
  if (apply && isNew) await writeLifecycle(bucket, wanted)
  const warnings = hasty.filter(({ isOwn }) => !isOwn).map(describeHasty)
  if (json) {
    const outcome = { applied: apply, changed: apply && isNew, couldReadRules: !refused, refused }
    terminal.write(JSON.stringify({ ...outcome, warnings, Rules: rules }, null, 2))
  } else {
    terminal.write(JSON.stringify({ Rules: rules }, null, 2))
    const line = lifecycleLine(bucket, wanted)
    for (const text of closingLines({ bucket, line, apply, isNew, refused })) {
      terminal.writeError(text)
    }
    for (const warning of warnings) terminal.writeError(warning)
  }
  if (warnings.length > 0) throw new CommandError('')
}
