import type { OperationName } from '../../src/protocol/operations.js'

/** A request and an answer to it. */
export interface OperationExample {
  readonly request: unknown
  readonly response: unknown
}

const id = 'f3b0c442-98fc-4c14-9afb-f4c8996fb924'
const bucket = 'https://my-bucket.s3.eu-west-1.amazonaws.com'
const key = 'uploads/2f6c4b0d9a8e4f5c8b7a6d5e4f3c2b1a/holiday.jpg'
const filmKey = 'uploads/9d1c7a52e0b34f6d8c2a1b0e9f7d6c5b/film.mp4'
const checksum = 'LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ='
const refusal = {
  code: 'file-too-large',
  message: 's3-direct-upload: the file is larger than the 5 MB of rules.maxFileSize.',
  retryable: false,
}

/** One exchange of each operation, shown in the document and held to the protocol by a test. */
export const examples: Readonly<Record<OperationName | 'sign-downloads', OperationExample>> = {
  'sign-uploads': {
    request: {
      operation: 'sign-uploads',
      attempt: 1,
      files: [
        {
          id,
          name: 'holiday.jpg',
          type: 'image/jpeg',
          size: 48_213,
          relativePath: '2026/holiday.jpg',
          metadata: { album: '7' },
          checksum,
        },
        { id: '0b6e4b9e-6d0a-4d7c-9a52-6c8f2f5e8a10', name: 'notes.txt', type: '', size: 12 },
        { id: '5d7c1f0a-3b0e-4c8d-9f21-7a6b5c4d3e2f', name: 'raw.tif', type: '', size: 7e6 },
        {
          id: '9a1b2c3d-4e5f-4a6b-8c7d-0e1f2a3b4c5d',
          name: 'film.mp4',
          type: 'video/mp4',
          size: 105_381_888,
          checksumAlgorithm: 'SHA256',
        },
      ],
    },
    response: {
      files: [
        {
          id,
          method: 'POST',
          url: `${bucket}/`,
          fields: { key, 'Content-Type': 'image/jpeg', policy: '…', 'x-amz-signature': '…' },
          key,
          token: 'v1.…',
          expiresInSeconds: 600,
        },
        {
          id: '0b6e4b9e-6d0a-4d7c-9a52-6c8f2f5e8a10',
          method: 'PUT',
          url: `${bucket}/uploads/77aa/notes.txt?X-Amz-Signature=9f86d081`,
          headers: { 'content-type': 'text/plain' },
          key: 'uploads/77aa/notes.txt',
          token: 'v1.…',
          expiresInSeconds: 600,
        },
        { id: '5d7c1f0a-3b0e-4c8d-9f21-7a6b5c4d3e2f', error: refusal },
        {
          id: '9a1b2c3d-4e5f-4a6b-8c7d-0e1f2a3b4c5d',
          method: 'MULTIPART',
          url: `${bucket}/${filmKey}`,
          key: filmKey,
          token: 'v1.…',
          partSizeBytes: 8_781_824,
          partCount: 12,
          parts: [{ partNumber: 1, url: `${bucket}/${filmKey}?partNumber=1`, headers: {} }],
          checksumAlgorithm: 'SHA256',
          expiresInSeconds: 1800,
        },
      ],
    },
  },
  'sign-parts': {
    request: { operation: 'sign-parts', token: 'v1.…', parts: [{ partNumber: 17, checksum }] },
    response: {
      parts: [
        {
          partNumber: 17,
          url: `${bucket}/${filmKey}?partNumber=17`,
          headers: { 'x-amz-checksum-sha256': checksum },
        },
      ],
      expiresInSeconds: 1800,
    },
  },
  'list-parts': {
    request: { operation: 'list-parts', token: 'v1.…' },
    response: { state: 'open', parts: [{ partNumber: 1, size: 8_781_824 }] },
  },
  'complete-uploads': {
    request: { operation: 'complete-uploads', uploads: [{ token: 'v1.…' }, { token: 'v1.…' }] },
    response: {
      uploads: [
        {
          id,
          key,
          size: 48_213,
          etag: '"9b2cf535f27731c974343645a3985328"',
          contentType: 'image/jpeg',
          receipt: 'v1.…',
          result: { attachment: 12 },
        },
        { id, state: 'pending', retryAfterSeconds: 2 },
      ],
    },
  },
  'abort-uploads': {
    request: { operation: 'abort-uploads', tokens: ['v1.…', 'v1.…'] },
    response: {
      uploads: [
        { id, state: 'aborted' },
        {
          error: {
            code: 'invalid-token',
            message: 'The token was altered, or is not yours.',
            retryable: false,
          },
        },
      ],
    },
  },
  'sign-downloads': {
    request: {
      operation: 'sign-downloads',
      files: [{ key }, { receipt: 'v1.…', disposition: 'inline' }],
    },
    response: {
      files: [
        { key, url: `${bucket}/${key}?X-Amz-Signature=9f86d081`, expiresInSeconds: 300 },
        {
          error: {
            code: 'forbidden',
            message: 'The file may not be downloaded.',
            retryable: false,
          },
        },
      ],
    },
  },
}
