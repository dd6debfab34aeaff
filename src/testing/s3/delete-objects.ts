import { childrenNamed, childText } from '../../s3/xml.js'
import type { BucketCall } from './operation-call.js'
import { malformedXml, receiveDocument } from './receive-document.js'
import { xmlResponse } from './s3-response.js'

const maxDeletedKeys = 1000

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html */
export async function deleteObjects(call: BucketCall): Promise<Response> {
  const { setup, bucket } = call
  const document = await receiveDocument(call, 'Delete')
  const keys = childrenNamed(document, 'Object').map((object) => childText(object, 'Key') ?? '')
  if (keys.length === 0 || keys.length > maxDeletedKeys || keys.includes('')) throw malformedXml()
  for (const key of keys) await setup.catalog.deleteObject(bucket, key)
  const isQuiet = childText(document, 'Quiet')?.trim() === 'true'
  return xmlResponse('DeleteResult', {
    Deleted: isQuiet ? undefined : keys.map((key) => ({ Key: key })),
  })
}
