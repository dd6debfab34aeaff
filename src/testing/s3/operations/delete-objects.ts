import { childrenNamed, childText, type XmlElement } from '../../../s3/xml.js'
import { malformedXml, receiveDocument, requireKnownChildren } from '../bodies/receive-document.js'
import { matchCondition } from '../headers/conditions.js'
import { xmlResponse } from '../http/s3-response.js'
import { TestS3Error } from '../model/test-s3-error.js'
import type { BucketCall } from './operation-call.js'

const maxDeletedKeys = 1000

/** What the request says about one object. */
interface ListedObject {
  readonly key: string
  /** The ETag under which it is to be deleted. */
  readonly etag?: string
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html */
export async function answerDeleteObjects(call: BucketCall): Promise<Response> {
  const document = await receiveDocument(call, 'Delete', { needsDigest: true })
  requireKnownChildren(document, ['Quiet'], ['Object'])
  const listed = childrenNamed(document, 'Object').map(readListedObject)
  if (listed.length === 0 || listed.length > maxDeletedKeys) throw malformedXml()
  const deleted: { readonly Key: string }[] = []
  const errors: { readonly Key: string; readonly Code: string; readonly Message: string }[] = []
  for (const object of listed) {
    const refusal = await deleteListed(call, object)
    if (!refusal) deleted.push({ Key: object.key })
    else errors.push({ Key: object.key, Code: refusal.code, Message: refusal.message })
  }
  const isQuiet = childText(document, 'Quiet')?.trim() === 'true'
  return xmlResponse('DeleteResult', { Deleted: isQuiet ? undefined : deleted, Error: errors })
}

function readListedObject(object: XmlElement): ListedObject {
  requireKnownChildren(object, ['Key', 'ETag'])
  const key = childText(object, 'Key') ?? ''
  if (key === '') throw malformedXml()
  return { key, etag: childText(object, 'ETag')?.trim() }
}

async function deleteListed(
  { setup, bucket }: BucketCall,
  { key, etag }: ListedObject,
): Promise<TestS3Error | undefined> {
  try {
    await setup.catalog.deleteObject(bucket, key, matchCondition(etag))
    return undefined
  } catch (error) {
    if (error instanceof TestS3Error) return error
    throw error
  }
}
