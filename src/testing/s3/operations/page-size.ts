import { TestS3Error } from '../model/test-s3-error.js'

/**
 * Reads a parameter such as `max-keys`: a number, and never more than S3 gives on one page.
 *
 * @throws TestS3Error `InvalidArgument` when it is no whole number of at least 0.
 */
export function readPageSize(
  query: ReadonlyMap<string, string>,
  name: string,
  most: number,
  otherwise = most,
): number {
  const text = query.get(name)
  if (text === undefined || text === '') return otherwise
  if (/^\d{1,10}$/.test(text)) return Math.min(Number(text), most)
  throw new TestS3Error(
    'InvalidArgument',
    `Provided ${name} not an integer or within integer range`,
    {
      ArgumentName: name,
      ArgumentValue: text,
    },
  )
}
