import type { ObjectTags } from '../../s3/object-tagging.js'

const tagKey = 's3-direct-upload'
const pendingValue = 'pending'

/** The tag that uploads are born with, and lose when they are claimed. */
export const unclaimedTag: ObjectTags = { [tagKey]: pendingValue }

/** Tells whether an object is still unclaimed. */
export function isUnclaimed(tags: ObjectTags): boolean {
  return tags[tagKey] === pendingValue
}

/** Leaves out the tag of unclaimed objects. */
export function withoutUnclaimedTag({ [tagKey]: _, ...others }: ObjectTags): ObjectTags {
  return others
}
