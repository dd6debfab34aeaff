import { afterAll, beforeAll, describe } from 'vitest'
import { buckets } from './conformance/buckets.js'
import { cors } from './conformance/cors.js'
import { getAndHead } from './conformance/get-and-head.js'
import { headerSignature } from './conformance/header-signature.js'
import { lists } from './conformance/lists.js'
import { multipart } from './conformance/multipart.js'
import { multipartChecksums } from './conformance/multipart-checksums.js'
import { postFormFields } from './conformance/post-form-fields.js'
import { postPolicy } from './conformance/post-policy.js'
import { postSuccess } from './conformance/post-success.js'
import { presignedUrl } from './conformance/presigned-url.js'
import { putObject } from './conformance/put-object.js'
import { routing } from './conformance/routing.js'
import { openTarget, targetName } from './conformance/s3-target.js'
import { S3UnderTest } from './conformance/s3-under-test.js'
import { sessionToken } from './conformance/session-token.js'
import { streamingSignature } from './conformance/streaming-signature.js'
import { tampering } from './conformance/tampering.js'

const rows = [
  routing,
  headerSignature,
  streamingSignature,
  presignedUrl,
  sessionToken,
  getAndHead,
  putObject,
  postFormFields,
  postPolicy,
  postSuccess,
  multipart,
  multipartChecksums,
  lists,
  buckets,
  cors,
  tampering,
]

describe(`S3 conformance of ${targetName}`, () => {
  let s3: S3UnderTest

  beforeAll(async () => {
    s3 = new S3UnderTest(await openTarget())
    await s3.open()
  })

  afterAll(() => s3.close())

  for (const row of rows) row(() => s3)
})
