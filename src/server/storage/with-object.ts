import { objectUrl } from '../../s3/endpoint.js'
import type { S3ClientOptions } from '../../s3-client/s3-connection.js'
import { oneAtATime } from './one-at-a-time.js'

/**
 * Does the work when nothing else of this process is under way at the object: what one claims, no other deletes between
 * its look and its deletion.
 */
export function withObject<Result>(
  { key }: { readonly key: string },
  { location, runtime }: Pick<S3ClientOptions, 'location' | 'runtime'>,
  work: () => Promise<Result>,
): Promise<Result> {
  return oneAtATime(objectUrl(location, key).href, work, runtime)
}
