import { unclaimedTag } from './unclaimed-tag.js'

/** One rule of a bucket's lifecycle configuration, as the AWS CLI and the SDKs write it. */
export interface NeededLifecycleRule {
  readonly ID: string
  readonly Status: 'Enabled'
  readonly Filter: Readonly<Record<string, unknown>>
  readonly AbortIncompleteMultipartUpload?: { readonly DaysAfterInitiation: number }
  readonly Expiration?: { readonly Days: number }
}

/** What of a handler's options the rules depend on. */
interface LifecycleFacts {
  /** Empty, or ending in `/`. */
  readonly prefix: string
  readonly unclaimed: 'keep' | 'tag'
  readonly tokenLifetimeSeconds: number
  readonly multipartTokenLifetimeSeconds: number
  readonly receiptLifetimeSeconds: number
}

const secondsPerDay = 86_400

/**
 * Lists the lifecycle rules that a handler's bucket needs: one for the parts of unfinished uploads, and one for
 * unclaimed objects.
 *
 * Each works a day after the last token, or the last receipt, has ended. The age of an object that was uploaded in parts
 * counts from the beginning of its upload.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html
 */
export function lifecycleRules(facts: LifecycleFacts): readonly NeededLifecycleRule[] {
  const { prefix, unclaimed, tokenLifetimeSeconds, multipartTokenLifetimeSeconds } = facts
  const lastToken = Math.max(tokenLifetimeSeconds, multipartTokenLifetimeSeconds)
  const unfinished: NeededLifecycleRule = {
    ID: 'abort-unfinished-uploads',
    Status: 'Enabled',
    Filter: { Prefix: prefix },
    AbortIncompleteMultipartUpload: {
      DaysAfterInitiation: daysAfter(multipartTokenLifetimeSeconds),
    },
  }
  if (unclaimed === 'keep') return [unfinished]
  const expiration: NeededLifecycleRule = {
    ID: 'expire-unclaimed-uploads',
    Status: 'Enabled',
    Filter: unclaimedFilter(prefix),
    Expiration: { Days: daysAfter(lastToken + facts.receiptLifetimeSeconds) },
  }
  return [unfinished, expiration]
}

function unclaimedFilter(prefix: string): NeededLifecycleRule['Filter'] {
  const tags = Object.entries(unclaimedTag).map(([Key, Value]) => ({ Key, Value }))
  return prefix === '' ? { Tag: tags[0] } : { And: { Prefix: prefix, Tags: tags } }
}

function daysAfter(seconds: number): number {
  return Math.ceil(seconds / secondsPerDay) + 1
}
