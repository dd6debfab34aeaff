import type { Command } from 'commander'
import { signingDefaults } from '../../server/config/signing-defaults.js'
import { lifecycleRules } from '../../server/objects/lifecycle-rules.js'
import { openBucket } from '../bucket/bucket.js'
import {
  addBucketOptions,
  addPrefixOption,
  type BucketOptions,
  readBucketConfig,
} from '../bucket/bucket-options.js'
import { baseCommand, type JsonOption } from '../command-line/base-command.js'
import type { Terminal } from '../command-line/terminal.js'
import { type UnclaimedOption, unclaimedOption } from '../command-line/unclaimed-option.js'
import { type BucketLifecycle, bucketLifecycle } from '../lifecycle/bucket-lifecycle.js'
import { describeHasty, mergeLifecycle } from '../lifecycle/lifecycle-merge.js'
import { mergeRules } from './merge-rules.js'

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
  const { prefix = '' } = config
  const needed = lifecycleRules({ ...signingDefaults, prefix, unclaimed })
  const merge = (existing: BucketLifecycle) => {
    const { rules, hasty } = mergeLifecycle(existing.rules, needed)
    const warnings = hasty.filter(({ isOwn }) => !isOwn).map(describeHasty)
    return { rules: { ...existing, rules }, isNew: rules !== existing.rules, warnings }
  }
  await mergeRules({ bucket, kind: bucketLifecycle, merge, apply, json }, terminal)
}
