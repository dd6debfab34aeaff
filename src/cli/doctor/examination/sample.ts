import type { S3Answer } from '../../../s3-client/s3-answer.js'
import { objectStorageOf } from '../../../server/objects/storage-headers.js'
import { unclaimedTag } from '../../../server/objects/unclaimed-tag.js'
import { signPost } from '../../../server/operations/signing/sign-post.js'
import { signPut } from '../../../server/operations/signing/sign-put.js'
import type { ObjectToSign } from '../../../server/operations/signing/signing-scope.js'
import { sha256, toBase64 } from '../../../sigv4/crypto.js'
import { presignUrl } from '../../../sigv4/presign-url.js'
import { noteWrite } from './clean-up.js'
import type { Doctor } from './doctor.js'

/** The file that every check uploads. */
export const sampleText = 'Written by s3-direct-upload doctor, which removes it again.\n'
/** How it is stored. */
export const sampleType = 'text/plain'
const expiresInSeconds = 600

/** Posts the sample with the form that the signing handler would sign, as a page of the app. */
export async function postSample(key: string, doctor: Doctor): Promise<S3Answer> {
  const { pages, origin } = doctor
  const { url, fields } = signPost(sampleObject(key, doctor), await scopeOf(doctor))
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  form.append('file', new Blob([sampleText]))
  const init = { method: 'POST', headers: { origin }, body: form }
  return noteWrite(doctor, key, () => pages.sendUnsigned(url, init))
}

/** Puts the sample with the URL that the signing handler would sign, as a page of the app. */
export async function putSample(key: string, doctor: Doctor): Promise<S3Answer> {
  return sendPut(sampleObject(key, doctor), doctor)
}

/** The same for a page that sends no checksum, as pages do by default. */
export async function putUncheckedSample(key: string, doctor: Doctor): Promise<S3Answer> {
  return sendPut({ ...sampleObject(key, doctor), checksum: undefined }, doctor)
}

async function sendPut(object: ObjectToSign, doctor: Doctor): Promise<S3Answer> {
  const { pages, origin } = doctor
  const { url, headers } = signPut(object, await scopeOf(doctor))
  const init = { method: 'PUT', headers: { ...headers, origin }, body: sampleText }
  return noteWrite(doctor, object.key, () => pages.sendUnsigned(url, init))
}

/** Puts the sample as the only part of an upload, with a presigned URL. */
export async function putSamplePart(
  { key, uploadId }: { readonly key: string; readonly uploadId: string },
  doctor: Doctor,
): Promise<S3Answer> {
  const { pages, origin, terminal } = doctor
  const url = presignUrl(
    {
      method: 'PUT',
      url: pages.url(key, { partNumber: '1', uploadId }),
      headers: { 'content-length': String(sampleText.length) },
      expiresInSeconds,
    },
    { ...(await scopeOf(doctor)), region: pages.location.region, now: terminal.now() },
  )
  return pages.sendUnsigned(url, { method: 'PUT', headers: { origin }, body: sampleText })
}

/** What the signing handler would make of the sample, if the page sent its checksum. */
export function sampleObject(key: string, { handler, unclaimed }: Doctor): ObjectToSign {
  return {
    key,
    size: sampleText.length,
    contentType: sampleType,
    storage: objectStorageOf(
      { name: key, contentType: sampleType },
      unclaimed === 'tag' ? { tags: unclaimedTag } : {},
    ),
    checksum: handler.checksums ? toBase64(sha256(sampleText)) : undefined,
    overwrite: handler.overwrite,
  }
}

/** Headers by which the storage compares the bytes. */
export function sampleChecksum() {
  return {
    'x-amz-sdk-checksum-algorithm': 'SHA256',
    'x-amz-checksum-sha256': toBase64(sha256(sampleText)),
  }
}

async function scopeOf({ pages, terminal }: Doctor) {
  const credentials = await pages.credentials()
  return { location: pages.location, credentials, expiresInSeconds, now: terminal.now() }
}
