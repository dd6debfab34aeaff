import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buckets } from './conformance/buckets.js'
import { checkNames } from './conformance/conformance-row.js'
import { cors } from './conformance/cors.js'
import { getAndHead } from './conformance/get-and-head.js'
import { headerSignature } from './conformance/header-signature.js'
import { lists } from './conformance/lists.js'
import { multipart } from './conformance/multipart.js'
import { multipartChecksums } from './conformance/multipart-checksums.js'
import { objectTags } from './conformance/object-tags.js'
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
import { realS3Exceptions } from './real-s3-exceptions.js'

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
  objectTags,
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

  // A real S3 empties its buckets object by object.
  afterAll(() => s3.close(), 60_000)

  for (const row of rows) row(() => s3)

  it('lists exceptions only for checks that exist', () => {
    const listed = Object.values(realS3Exceptions).flatMap((exceptions) => Object.keys(exceptions))

    expect(listed.filter((name) => !checkNames.has(name))).toEqual([])
  })
})
