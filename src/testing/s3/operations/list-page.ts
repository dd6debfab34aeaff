import { uriEncodePath } from '../../../sigv4/uri-encode.js'
import type { ObjectRecord } from '../model/storage.js'
import { TestS3Error } from '../model/test-s3-error.js'
import { type CatalogBucket, compareKeys, keysInOrder } from '../storage/catalog-bucket.js'

const maxKeysPerPage = 1000

/** What a listing is asked for. */
export interface Listing {
  readonly prefix: string
  readonly delimiter: string
  readonly pageSize: number
  readonly encoding?: string
  /** Keys as the client wants them: XML cannot carry every character. */
  readonly encode: (key: string) => string
}

/** What a page of a listing holds. */
export interface ListPage {
  readonly objects: readonly ObjectRecord[]
  readonly commonPrefixes: readonly string[]
  /** Where the next page begins, if there is one. */
  readonly last?: string
}

/**
 * Reads what a listing is asked for.
 *
 * @throws TestS3Error `InvalidArgument`
 */
export function readListing(query: ReadonlyMap<string, string>): Listing {
  return {
    prefix: query.get('prefix') ?? '',
    delimiter: query.get('delimiter') ?? '',
    pageSize: readPageSize(query, 'max-keys', maxKeysPerPage),
    ...readEncoding(query),
  }
}

/**
 * Reads how keys are to be written.
 *
 * @throws TestS3Error `InvalidArgument` for an encoding that S3 does not have.
 */
export function readEncoding(
  query: ReadonlyMap<string, string>,
): Pick<Listing, 'encoding' | 'encode'> {
  const encoding = query.get('encoding-type')
  if (encoding !== undefined && encoding !== 'url') {
    throw new TestS3Error('InvalidArgument', 'Invalid Encoding Method specified in Request', {
      ArgumentName: 'encoding-type',
      ArgumentValue: encoding,
    })
  }
  return { encoding, encode: encoding === 'url' ? uriEncodePath : (key) => key }
}

/**
 * Reads a parameter such as `max-keys`: a number, and never more than S3 gives on one page.
 *
 * @throws TestS3Error `InvalidArgument` when it is not a whole number.
 */
export function readPageSize(
  query: ReadonlyMap<string, string>,
  name: string,
  max: number,
  otherwise = max,
): number {
  const text = query.get(name)
  if (text === undefined || text === '') return otherwise
  if (/^\d{1,10}$/.test(text)) return Math.min(Number(text), max)
  throw new TestS3Error(
    'InvalidArgument',
    `Provided ${name} not an integer or within integer range`,
    {
      ArgumentName: name,
      ArgumentValue: text,
    },
  )
}

/** Collects objects and common prefixes behind `after`, until the page is full. */
export function listPage(bucket: CatalogBucket, listing: Listing, after: string): ListPage {
  const { prefix, delimiter, pageSize } = listing
  const objects: ObjectRecord[] = []
  const commonPrefixes = new Set<string>()
  let last = after
  for (const key of keysInOrder(bucket)) {
    if (!key.startsWith(prefix) || compareKeys(key, last) <= 0) continue
    const group = groupOf(key, prefix, delimiter)
    // The rest of a group that the page before has listed.
    if (group !== undefined && (group === last || commonPrefixes.has(group))) continue
    if (objects.length + commonPrefixes.size >= pageSize) {
      return { objects, commonPrefixes: [...commonPrefixes], last: pageSize > 0 ? last : undefined }
    }
    const record = bucket.objects.get(key)
    if (group !== undefined) commonPrefixes.add(group)
    else if (record) objects.push(record)
    last = group ?? key
  }
  return { objects, commonPrefixes: [...commonPrefixes] }
}

function groupOf(key: string, prefix: string, delimiter: string): string | undefined {
  if (delimiter === '') return undefined
  const end = key.indexOf(delimiter, prefix.length)
  return end < 0 ? undefined : key.slice(0, end + delimiter.length)
}
