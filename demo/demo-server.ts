import type { IncomingMessage, ServerResponse } from 'node:http'
import { createSigningHandler } from 's3-direct-upload/server'
import { toNodeListener } from 's3-direct-upload/server/node'
import { createBucketBrowser } from './bucket-browser.js'
import type { DemoStorage } from './storage.js'

type Listener = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void

/** The demo's back end: the signing endpoint, and a look into the bucket. */
export function createDemoServer({ config, description }: DemoStorage): Record<string, Listener> {
  const handler = createSigningHandler({
    ...config,
    // Your app asks its session here. Everybody who can open the demo may upload.
    authorize: () => ({ owner: 'demo' }),
    rules: { maxFileSize: '5GiB' },
  })
  const browser = createBucketBrowser(config)
  return {
    '/api/s3': toNodeListener(handler),
    '/api/files': async (request, response) => {
      const key = new URL(request.url ?? '/', 'http://localhost').searchParams.get('open')
      if (key === null) {
        const files = await browser.list()
        response
          .setHeader('content-type', 'application/json')
          .end(JSON.stringify({ description, files }))
      } else {
        response.writeHead(302, { location: await browser.urlOf(key) }).end()
      }
    },
  }
}
