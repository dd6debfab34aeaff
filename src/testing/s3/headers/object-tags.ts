import { maxObjectTags } from '../../../s3/limits.js'
import { type ObjectTags, readTagSet } from '../../../s3/object-tagging.js'
import { childrenNamed, parseXml, type XmlElement } from '../../../s3/xml.js'
import { XmlError } from '../../../s3/xml-scanner.js'
import { malformedXml, requireKnownChildren } from '../bodies/receive-document.js'
import { headerOf, type ParsedRequest } from '../http/parsed-request.js'
import type { Quirks } from '../model/quirks.js'
import { TestS3Error } from '../model/test-s3-error.js'

const maxKeyLength = 128
const maxValueLength = 256
const allowedText = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u

type TagList = readonly (readonly [key: string, value: string])[]

/**
 * Reads the tags that an object is born with from the header of its upload.
 *
 * @throws TestS3Error `InvalidArgument` or `InvalidTag` when they are none, `NotImplemented` where there are no tags.
 */
export function readTaggingHeader(request: ParsedRequest, quirks: Quirks): ObjectTags | undefined {
  const header = headerOf(request, 'x-amz-tagging')
  if (header === undefined) return undefined
  requireTagging(quirks)
  const tags = [...new URLSearchParams(header)]
  if (new Set(tags.map(([key]) => key)).size < tags.length) {
    throw new TestS3Error(
      'InvalidArgument',
      "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.",
      { ArgumentName: 'x-amz-tagging', ArgumentValue: header },
    )
  }
  return requireTags(tags)
}

/**
 * Reads the tags that an object is born with from the form field `tagging`.
 *
 * @throws TestS3Error `MalformedXML` or `InvalidTag` when they are none, `NotImplemented` where there are no tags.
 */
export function readTaggingField(
  fields: ReadonlyMap<string, string>,
  quirks: Quirks,
): ObjectTags | undefined {
  if (fields.has('x-amz-tagging')) {
    throw new TestS3Error('NotImplemented', 'In a form, tags are in the field tagging.')
  }
  const document = fields.get('tagging')
  if (document === undefined) return undefined
  requireTagging(quirks)
  try {
    const root = parseXml(document)
    if (root.name === 'Tagging') return readTags(root)
  } catch (cause) {
    if (!(cause instanceof XmlError)) throw cause
  }
  throw malformedXml()
}

/**
 * Reads the tags of a `Tagging` document.
 *
 * @throws TestS3Error `MalformedXML`, or `InvalidTag` or `BadRequest` when an object cannot have them.
 */
export function readTags(document: XmlElement): ObjectTags | undefined {
  requireTagForm(document)
  const tags = readTagSet(document)
  if (new Set(tags.map(([key]) => key)).size === tags.length) return requireTags(tags)
  throw new TestS3Error('InvalidTag', 'Cannot provide multiple Tags with the same key')
}

function requireTagForm(document: XmlElement): void {
  const [tagSet] = childrenNamed(document, 'TagSet')
  requireKnownChildren(document, ['TagSet'])
  if (!tagSet) throw malformedXml()
  requireKnownChildren(tagSet, [], ['Tag'])
  for (const tag of tagSet.children) {
    requireKnownChildren(tag, ['Key', 'Value'])
    if (tag.children.length < 2) throw malformedXml()
  }
}

function requireTags(tags: TagList): ObjectTags | undefined {
  if (tags.length > maxObjectTags) {
    throw new TestS3Error('BadRequest', `Object tags cannot be greater than ${maxObjectTags}`)
  }
  for (const [key, value] of tags) {
    if (key.startsWith('aws:')) {
      throw new TestS3Error('InvalidTag', 'System tags cannot be added/updated by requester', {
        TagKey: key,
      })
    }
    if (key === '' || [...key].length > maxKeyLength || !allowedText.test(key)) {
      throw new TestS3Error('InvalidTag', 'The TagKey you have provided is invalid', {
        TagKey: key,
      })
    }
    if ([...value].length > maxValueLength || !allowedText.test(value)) {
      throw new TestS3Error('InvalidTag', 'The TagValue you have provided is invalid', {
        TagValue: value,
      })
    }
  }
  return tags.length === 0 ? undefined : Object.fromEntries(tags)
}

/** @throws TestS3Error `NotImplemented` where objects have no tags. */
export function requireTagging({ hasObjectTagging }: Quirks): void {
  if (hasObjectTagging) return
  throw new TestS3Error('NotImplemented', 'Object tagging is not implemented.')
}
