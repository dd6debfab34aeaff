import { uriEncode } from '../../../sigv4/uri-encode.js'
import { authenticateForm } from '../authentication/form-authentication.js'
import { type ReceivedBody, receiveBody } from '../bodies/receive-body.js'
import { etagOf, verifiedChecksum } from '../bodies/receive-payload.js'
import { readChecksumClaim } from '../checksums/checksums.js'
import type { HashAlgorithm } from '../checksums/hashes.js'
import { type PostForm, readPostForm } from '../forms/post-form.js'
import { requireMinimum, requirePolicy } from '../forms/post-policy-check.js'
import { type PostPolicyDocument, readPolicyDocument } from '../forms/post-policy-document.js'
import { requireNoCustomerKey } from '../headers/customer-keys.js'
import { encryptionHeaders, readObjectHeaders } from '../headers/object-headers.js'
import { readTaggingField } from '../headers/object-tags.js'
import { requireHeededFields } from '../headers/operation-headers.js'
import type { ParsedRequest } from '../http/parsed-request.js'
import { emptyResponse, xmlResponse } from '../http/s3-response.js'
import type { ObjectRecord } from '../model/storage.js'
import { TestS3Error } from '../model/test-s3-error.js'
import { checksumHeaders } from './object-operations.js'
import type { FormCall, TestS3Setup } from './operation-call.js'

/**
 * Stores the file of a posted form.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/developerguide/RESTObjectPOST.html
 */
export async function answerPostObject({ setup, request, bucket }: FormCall): Promise<Response> {
  if (!setup.quirks.hasPostObject) {
    throw new TestS3Error('NotImplemented', 'POST Object is not implemented.')
  }
  const form = await readPostForm(request)
  const policy = readPolicyDocument(authenticateForm(setup, form.fields))
  const { name } = bucket.record
  requirePolicy(policy, { bucket: name, fields: form.fields, nowMs: setup.now() })
  requireNoCustomerKey('PostObject', form.fields, setup.hashes)
  requireHeededFields(form.fields)
  const { record, received } = await receiveFile(setup, form, policy)
  await setup.catalog.putObject(bucket, record, received.body)
  return successResponse({ setup, request, bucket }, form, record)
}

async function receiveFile(
  setup: TestS3Setup,
  { fields, key, file, finish }: PostForm,
  policy: PostPolicyDocument,
): Promise<{ record: ObjectRecord; received: ReceivedBody }> {
  const headers = readObjectHeaders(storedFields(setup, fields))
  const tags = readTaggingField(fields, setup.quirks)
  const claim = readChecksumClaim(fields, setup.quirks)
  const algorithms: HashAlgorithm[] = claim ? ['md5', claim.algorithm] : ['md5']
  const maxBytes = Math.min(policy.maxBytes, setup.maxPutBytes)
  const received = await receiveBody(setup, { chunks: file, maxBytes, algorithms })
  try {
    requireMinimum(policy, received.body.size)
    await finish()
    const record = {
      key,
      size: received.body.size,
      etag: etagOf(received),
      lastModified: setup.now(),
      checksum: claim && verifiedChecksum(received, claim),
      ...headers,
      tags,
    }
    return { record, received }
  } catch (error) {
    await received.body.discard()
    throw error
  }
}

function storedFields(
  { quirks }: TestS3Setup,
  fields: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  if (quirks.storesPostedDisposition) return fields
  const stored = new Map(fields)
  stored.delete('content-disposition')
  stored.delete('cache-control')
  return stored
}

function successResponse(
  { setup, request, bucket }: FormCall,
  { fields }: PostForm,
  record: ObjectRecord,
): Response {
  const { key, etag, checksum } = record
  const headers = {
    location: locationOf(request, key),
    etag: `"${etag}"`,
    ...encryptionHeaders(record),
    ...checksumHeaders(checksum),
  }
  const { name } = bucket.record
  const redirect = redirectUrl(fields)
  if (redirect) {
    redirect.searchParams.append('bucket', name)
    redirect.searchParams.append('key', key)
    redirect.searchParams.append('etag', `"${etag}"`)
    return emptyResponse(303, { ...headers, location: redirect.href })
  }
  const status = fields.get('success_action_status')
  if (status === '201') {
    const ETag = setup.quirks.hasETagOnPost ? `"${etag}"` : etag
    const content = { Location: headers.location, Bucket: name, Key: key, ETag }
    return xmlResponse('PostResponse', content, { status: 201, headers })
  }
  if (!setup.quirks.hasETagOnPost) return emptyResponse(204, { location: headers.location })
  return emptyResponse(status === '200' ? 200 : 204, headers)
}

/** S3 also encodes the slashes of the key here. */
function locationOf({ protocol, host, rawPath }: ParsedRequest, key: string): string {
  return `${protocol}//${host}${rawPath.replace(/\/$/, '')}/${uriEncode(key)}`
}

function redirectUrl(fields: ReadonlyMap<string, string>): URL | undefined {
  const redirect = fields.get('success_action_redirect') ?? fields.get('redirect')
  return redirect !== undefined && URL.canParse(redirect) ? new URL(redirect) : undefined
}
