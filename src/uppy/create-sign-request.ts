import type { Body, Meta, Uppy, UppyFile } from '@uppy/core'
import { systemRuntime } from '../async/runtime.js'
import type { Refused, SignedUpload } from '../protocol/operations.js'
import type { SigningClientOptions } from '../upload/endpoint/endpoint-request.js'
import { createSigningClient, type SigningClient } from '../upload/endpoint/signing-client.js'
import { toEndpointError } from '../upload/errors/endpoint-refusal.js'
import { UploadError } from '../upload/errors/upload-error.js'
import { descriptionOf } from '../upload/store/file-description.js'
import { newUpload } from './file-facts.js'

/** What `@uppy/aws-s3` says of the request it wants to send to S3. */
export interface SignRequestInput {
  /** The HTTP method; all but `PUT` belong to multipart uploads and are refused. */
  readonly method: string
  /** The key that the plugin proposes. It only serves to find the file: the signing handler names the object. */
  readonly key: string
  readonly contentType?: string
  /** Of a multipart upload, which is refused. */
  readonly uploadId?: string
  /** Of a multipart upload, which is refused. */
  readonly partNumber?: number
}

/** How `@uppy/aws-s3` sends a file. */
export interface SignedRequest {
  /** Where the request goes. */
  url: string
  /** The key of the object, chosen by the signing handler. */
  key: string
  /** Headers that are part of the signature; only for a PUT. */
  headers?: Record<string, string>
  /** Fields of the form, to be sent before the file; only for a POST. */
  fields?: Record<string, string>
}

/** Options of {@link createSignRequest}. */
export interface SignRequestOptions<M extends Meta, B extends Body>
  extends Omit<SigningClientOptions, 'endpoint'> {
  /** The instance that uses the plugin: it knows the size of the file, which the plugin does not tell. */
  readonly uppy?: Uppy<M, B> | undefined
}

const uuidLength = 36

const explanations = {
  multipart:
    '@uppy/aws-s3 wants to send this file in parts, and it tells neither the size of a part nor its bytes, so ' +
    'a signature could not hold it to anything. Use S3DirectUpload of s3-direct-upload/uppy, which sends parts, or set ' +
    'shouldUseMultipart: false on the plugin.',
  'signed multipart':
    'The signing handler wants this file in parts, and @uppy/aws-s3 cannot send them its way. Use S3DirectUpload of ' +
    's3-direct-upload/uppy, or set multipartThreshold: false on the handler.',
  'no instance':
    '@uppy/aws-s3 does not tell how large the file is, and nothing is signed without its size. Pass the instance: ' +
    "createSignRequest('/api/s3', { uppy }).",
  'unknown file':
    '@uppy/aws-s3 names an object key that belongs to no file, or to several with the same name. Set ' +
    'generateObjectKey: (file) => file.id on the plugin.',
} as const

/**
 * Makes the `signRequest` option of Uppy's own plugin `@uppy/aws-s3`, for files in one request each. Keys come from
 * the signing handler.
 *
 * @example
 * const signRequest = createSignRequest('/api/s3', { uppy })
 * uppy.use(AwsS3, { signRequest, shouldUseMultipart: false, generateObjectKey: (file) => file.id })
 */
export function createSignRequest<M extends Meta, B extends Body>(
  endpoint: string,
  { uppy, ...options }: SignRequestOptions<M, B> = {},
): (request: SignRequestInput) => Promise<SignedRequest> {
  const client = createSigningClient({ ...options, endpoint })
  return async (request) => {
    if (request.method !== 'PUT' || request.uploadId !== undefined) throw refusal('multipart')
    if (!uppy) throw refusal('no instance')
    const file = newUpload(fileOf(uppy, request.key), systemRuntime)
    // The plugin passes no signal: it stops by not using the answer.
    const { signal } = new AbortController()
    const answers = await client.signUploads([descriptionOf(file)], { attempt: 1, signal })
    // The client has thrown unless there is one answer for each file.
    const [signed] = answers as readonly [SignedUpload | Refused]
    if ('error' in signed) throw toEndpointError(signed)
    return signed?.method === 'MULTIPART' ? giveUp(client, signed) : signedRequest(signed)
  }
}

function fileOf<M extends Meta, B extends Body>(uppy: Uppy<M, B>, key: string): UppyFile<M, B> {
  const files = uppy.getFiles().filter((file) => !file.isRemote)
  const named = files.find((file) => file.id === key)
  if (named) return named
  // Where the app names no keys, the plugin puts a UUID and a hyphen before the name.
  const name = key.slice(uuidLength + 1)
  const [candidate, ...others] = files.filter(
    (file) => file.name === name && !file.progress.uploadComplete,
  )
  if (!candidate || others.length > 0) throw refusal('unknown file')
  return candidate
}

/** The server has created a multipart upload that nothing would end. */
async function giveUp(client: SigningClient, { token }: SignedUpload): Promise<never> {
  const { signal } = new AbortController()
  // Whether or not it can be ended, that is why the file is refused.
  await client.abortUploads([token], { signal }).catch(() => undefined)
  throw refusal('signed multipart')
}

function signedRequest(signed: Exclude<SignedUpload, { method: 'MULTIPART' }>): SignedRequest {
  const { url, key } = signed
  return signed.method === 'POST'
    ? { url, key, fields: { ...signed.fields } }
    : { url, key, headers: { ...signed.headers } }
}

function refusal(reason: keyof typeof explanations): UploadError {
  const message = `s3-direct-upload: ${explanations[reason]}`
  return new UploadError(message, { code: 'unsupported-operation', retryable: false })
}
