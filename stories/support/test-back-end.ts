import { HttpResponse, http } from 'msw'
import type { HttpTransport } from 's3-direct-upload'
import { createSigningHandler } from 's3-direct-upload/server'
import { createTestS3, createTestTransport } from 's3-direct-upload/testing'
import { s3Handlers } from 's3-direct-upload/testing/msw'

/** A signing endpoint and its bucket, which live in this page; files from 5 MiB on go in parts of 5 MiB. */
function createBackEnd(name: string) {
  const s3Url = `https://${name}.test`
  const credentials = { accessKeyId: 'AKIASTORIES', secretAccessKey: 'not-a-secret' }
  const s3 = createTestS3({ buckets: ['stories'], credentials })
  const handler = createSigningHandler({
    bucket: 'stories',
    region: 'us-east-1',
    endpoint: s3Url,
    credentials,
    secret: 'only for stories, so that tokens and receipts can be signed',
    authorize: () => ({ owner: 'reader' }),
    multipartThreshold: '5MiB',
    partSize: '5MiB',
    fetch: (request) => s3.fetch(request),
  })
  const endpoint = `/api/${name}`
  return { endpoint, s3, handlers: s3Handlers({ s3, s3Url, handler, endpoint }) }
}

const { s3, endpoint, handlers } = createBackEnd('s3')
const busy = createBackEnd('busy-s3')
busy.s3.fault({
  operation: ['PostObject', 'UploadPart'],
  effect: { kind: 'refuse', code: 'SlowDown' },
})

/** An endpoint that no request reaches. */
export const unreachableEndpoint = '/api/unreachable-s3'

/** Signing endpoints and buckets of all stories. */
export const msw = {
  handlers: [
    ...handlers,
    ...busy.handlers,
    http.all(unreachableEndpoint, () => HttpResponse.error()),
  ],
}

/** The signing endpoint of every story that names none. */
export { endpoint }

/** Another endpoint, whose bucket tells everybody to slow down. */
export const busyEndpoint = busy.endpoint
export const busyLine: HttpTransport = createTestTransport(busy.s3)

/** A line as fast as the page itself. */
export const fastLine: HttpTransport = createTestTransport(s3)

/** A line on which progress can be watched. */
export const slowLine: HttpTransport = createTestTransport(s3, { bytesPerSecond: 250_000 })

/** A line that takes a few seconds for a film. */
export const filmLine: HttpTransport = createTestTransport(s3, { bytesPerSecond: 5_000_000 })

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
