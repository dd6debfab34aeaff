import { objectUrl } from '../../s3/endpoint.js'
import type { SigningConfig } from '../config/signing-config.js'
import { oneAtATime } from './one-at-a-time.js'

/**
 * Does the work when nothing else of this process is under way at the object: what one claims, no other deletes between
 * its look and its deletion.
 */
export function withObject<Result>(
  { key }: { readonly key: string },
  { config }: { readonly config: Pick<SigningConfig, 'location' | 'runtime'> },
  work: () => Promise<Result>,
): Promise<Result> {
  return oneAtATime(objectUrl(config.location, key).href, work, config.runtime)
}
