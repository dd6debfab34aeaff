import { childrenNamed, childText, parseXml, writeXml, type XmlElement } from './xml.js'

/** An object's tags: values by key. */
export type ObjectTags = Readonly<Record<string, string>>

/** S3 declares this namespace; some servers insist on it. */
const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/'

/**
 * Writes tags for the header `x-amz-tagging`, which looks like the query of a URL.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html
 */
export function writeTaggingHeader(tags: ObjectTags): string {
  return new URLSearchParams(tags).toString()
}

/**
 * Writes tags for the form field `tagging` and for PutObjectTagging.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectTagging.html
 */
export function writeTagging(tags: ObjectTags): string {
  const Tag = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))
  return writeXml('Tagging', { TagSet: { Tag } }, namespace)
}

/**
 * Reads the answer to GetObjectTagging.
 *
 * @throws Error when it is another document, or none.
 */
export function parseTagging(document: string): ObjectTags {
  const root = parseXml(document)
  if (root.name === 'Tagging') return Object.fromEntries(readTagSet(root))
  throw new Error(`s3-direct-upload: <${root.name}> was found where <Tagging> was expected.`)
}

/** Lists the tags of a `Tagging` document as they stand there, keys that occur twice included. */
export function readTagSet(
  tagging: XmlElement,
): readonly (readonly [key: string, value: string])[] {
  return childrenNamed(tagging, 'TagSet')
    .flatMap((set) => childrenNamed(set, 'Tag'))
    .map((tag) => [childText(tag, 'Key') ?? '', childText(tag, 'Value') ?? ''] as const)
}
