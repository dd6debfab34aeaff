import type { IncomingMessage, ServerResponse } from 'node:http'
import { createSigningHandler } from 's3-direct-upload/server'
import { toNodeListener } from 's3-direct-upload/server/node'
import { createBucketBrowser } from './bucket-browser.js'
import type { DemoStorage } from './storage.js'

type Listener = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void

/** The demo's back end: the signing endpoint, and a look into the bucket. */
export function createDemoServer({
  config,
  description,
  line,
}: DemoStorage): Record<string, Listener> {
  const handler = createSigningHandler({
    ...config,
    // Your app asks its session here. Everybody who can open the demo may upload.
    authorize: () => ({ owner: 'demo' }),
    rules: { maxFileSize: '50GiB' },
    // And your database here. Everybody who can open the demo may download what lies below its prefix.
    authorizeDownload: () => true,
    // Far below the defaults, so that parts, pauses and reloads can be watched with files of a few megabytes.
    multipartThreshold: '5MiB',
    partSize: '5MiB',
  })
  const browser = createBucketBrowser(config)
  return {
    '/api/s3': toNodeListener(handler),
    '/api/line': (request, response) => {
      if (line) line.isSlow = request.url?.includes('slow') ?? false
      response.writeHead(204).end()
    },
    '/api/files': async (request, response) => {
      const key = new URL(request.url ?? '/', 'http://localhost').searchParams.get('open')
      if (key === null) {
        const files = await browser.list()
        response
          .setHeader('content-type', 'application/json')
          .end(JSON.stringify({ description, files, isSlow: line?.isSlow }))
      } else {
        response.writeHead(302, { location: await browser.urlOf(key) }).end()
      }
    },
  }
}
