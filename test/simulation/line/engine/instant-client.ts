import { multipartThresholdBytes, planParts } from '../../../../src/s3/part-plan.js'
import type { UploadClient } from '../../../../src/upload/endpoint/upload-client.js'

/** Where all files go. */
export const bucketUrl = 'https://bucket.test/'
const expiresInSeconds = 3600

/**
 * Plays an endpoint that answers without any round trip: the expected table leaves signatures, and beginning and ending an
 * upload out. Files are cut as the server cuts them.
 */
export function createInstantClient(sizeOf: (id: string) => number): UploadClient {
  const urlOfPart = (partNumber: number) => `${bucketUrl}?partNumber=${partNumber}`
  return {
    signUploads: async (files) =>
      files.map(({ id, size }) => {
        const signed = { id, key: id, token: id, expiresInSeconds }
        return size < multipartThresholdBytes
          ? { ...signed, method: 'POST', url: bucketUrl, fields: {} }
          : { ...signed, method: 'MULTIPART', ...planParts(size) }
      }),
    signParts: async (_token, parts) => ({
      parts: parts.map(({ partNumber }) => ({
        partNumber,
        url: urlOfPart(partNumber),
        headers: {},
      })),
      expiresInSeconds,
    }),
    listParts: async () => ({ state: 'open', parts: [] }),
    completeUploads: async (tokens) =>
      tokens.map((token) => ({
        id: token,
        key: token,
        size: sizeOf(token),
        etag: 'etag',
        contentType: '',
        receipt: 'receipt',
      })),
    abortUploads: async (tokens) => tokens.map((id) => ({ id, state: 'aborted' })),
  }
}
