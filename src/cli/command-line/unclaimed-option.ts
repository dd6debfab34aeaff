import { Option } from 'commander'

/** Whether the handler has uploads born with a tag that the bucket is to expire. */
export interface UnclaimedOption {
  readonly unclaimed: 'keep' | 'tag'
}

/** Makes the option that says it. */
export function unclaimedOption(): Option {
  return new Option(
    '--unclaimed <what>',
    "whether uploads carry a tag until they are claimed, as in the handler's unclaimed",
  )
    .choices(['keep', 'tag'])
    .default('keep')
}
