import type { HttpTransport } from 's3-direct-upload'
import { createSigningHandler } from 's3-direct-upload/server'
import { createTestS3, createTestTransport } from 's3-direct-upload/testing'
import { s3Handlers } from 's3-direct-upload/testing/msw'

const s3Url = 'https://s3.test'
const credentials = { accessKeyId: 'AKIASTORIES', secretAccessKey: 'not-a-secret' }
const s3 = createTestS3({ buckets: ['stories'], credentials })
const handler = createSigningHandler({
  bucket: 'stories',
  region: 'us-east-1',
  endpoint: s3Url,
  credentials,
  secret: 'only for stories, so that tokens and receipts can be signed',
  authorize: () => ({ owner: 'reader' }),
  fetch: (request) => s3.fetch(request),
})

/** Signing endpoint and bucket of all stories; they live in this page. */
export const msw = { handlers: s3Handlers({ s3, s3Url, handler }) }

/** A line as fast as the page itself. */
export const fastLine: HttpTransport = createTestTransport(s3)

/** A line on which progress can be watched. */
export const slowLine: HttpTransport = createTestTransport(s3, { bytesPerSecond: 250_000 })

/** A line whose bucket refuses files with `broken` in their name. */
export const refusingLine: HttpTransport = {
  async send(request) {
    const isBroken = request.body instanceof FormData && isNamedBroken(request.body.get('file'))
    return isBroken ? { status: 403, body: accessDenied } : await fastLine.send(request)
  },
}

const accessDenied = '<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>'

function isNamedBroken(file: FormDataEntryValue | null): boolean {
  return file instanceof File && file.name.includes('broken')
}
