import { delay, http } from 'msw'
import { createSigningHandler } from 's3-direct-upload/server'
import { createTestS3 } from 's3-direct-upload/testing'

const s3 = createTestS3({
  buckets: ['stories'],
  credentials: { accessKeyId: 'AKIASTORIES', secretAccessKey: 'not-a-secret' },
})

/** Where downloads are signed; `secret.pdf` is refused. */
export const downloadEndpoint = '/api/downloads'

/** Where nobody gets an answer in time. */
export const slowEndpoint = '/api/slow-downloads'

const handler = createSigningHandler({
  bucket: 'stories',
  region: 'us-east-1',
  endpoint: 'https://downloads.test',
  credentials: { accessKeyId: 'AKIASTORIES', secretAccessKey: 'not-a-secret' },
  secret: 'only for stories, so that tokens and receipts can be signed',
  authorize: () => ({ owner: 'reader' }),
  authorizeDownload: ({ key }) => key !== 'secret.pdf',
  fetch: (request) => s3.fetch(request),
})

/** What answers the requests of the stories. */
export const downloads = {
  handlers: [
    http.all(downloadEndpoint, ({ request }) => handler(request)),
    http.all(slowEndpoint, () => delay('infinite')),
  ],
}
