import { type ObjectTags, writeTagging } from '../../../s3/object-tagging.js'
import { receiveDocument } from '../bodies/receive-document.js'
import { readTags, requireTagging } from '../headers/object-tags.js'
import { emptyResponse } from '../http/s3-response.js'
import { noSuchKey } from './object-operations.js'
import type { ObjectCall } from './operation-call.js'

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectTagging.html */
export async function answerGetObjectTagging({
  setup,
  bucket,
  key,
}: ObjectCall): Promise<Response> {
  requireTagging(setup.quirks)
  const record = bucket.objects.get(key)
  if (!record) throw noSuchKey(key)
  return new Response(writeTagging(record.tags ?? {}), {
    headers: { 'content-type': 'application/xml' },
  })
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectTagging.html */
export async function answerPutObjectTagging(call: ObjectCall): Promise<Response> {
  requireTagging(call.setup.quirks)
  const document = await receiveDocument(call, 'Tagging')
  await saveTags(call, readTags(document))
  return emptyResponse(200)
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjectTagging.html */
export async function answerDeleteObjectTagging(call: ObjectCall): Promise<Response> {
  requireTagging(call.setup.quirks)
  await saveTags(call, undefined)
  return emptyResponse(204)
}

async function saveTags({ setup, bucket, key }: ObjectCall, tags: ObjectTags | undefined) {
  const isSaved = await setup.catalog.saveTags(bucket, key, tags)
  if (!isSaved) throw noSuchKey(key)
}
