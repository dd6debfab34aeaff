import { childrenNamed, childText, type XmlElement } from './xml.js'
import { writeXml } from './xml-writer.js'

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
  const document = writeXml('Tagging', { TagSet: { Tag } }, namespace)
  // Without the declaration and its line break: browsers write another line break into a form than the one that was signed.
  return document.slice(document.indexOf('<Tagging'))
}

/** Lists the tags of a `Tagging` document as they stand there, keys that occur twice included. */
export function readTagSet(
  tagging: XmlElement,
): readonly (readonly [key: string, value: string])[] {
  return childrenNamed(tagging, 'TagSet')
    .flatMap((set) => childrenNamed(set, 'Tag'))
    .map((tag) => [childText(tag, 'Key') ?? '', childText(tag, 'Value') ?? ''] as const)
}
