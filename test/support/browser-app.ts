import { createReadStream } from 'node:fs'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import {
  createSigningHandler,
  type SigningOptions,
  type StoredUpload,
} from 's3-direct-upload/server'
import { toNodeListener } from 's3-direct-upload/server/node'
import { build } from 'vite'
import { createTestBucket, type TestBucket } from './test-bucket.js'

/** A page with the component, its signing endpoint, and a bucket on another origin. */
export interface BrowserApp {
  readonly url: string
  readonly bucket: TestBucket
  /** What `onUploadComplete` heard of. */
  readonly uploads: StoredUpload[]
  /** Replaces options of the signing handler; without an argument all are as at the start. */
  configure(options?: Partial<SigningOptions>): void
  /** Makes the server of the page a stranger one; without an argument it is as at the start. */
  serve(surroundings?: Surroundings): void
  close(): Promise<void>
}

/** What else the server of the page sends. */
export interface Surroundings {
  /** With every file of the page. */
  readonly headers?: Readonly<Record<string, string>>
  /** Further files by path: scripts, or pages for `.html`. */
  readonly files?: Readonly<Record<string, string>>
  /** Changes each page. */
  readonly rewrite?: (html: string) => string
}

const appFolder = fileURLToPath(new URL('../browser/app', import.meta.url))
const pages = ['index.html', 'dashboard.html', 'stock-plugin.html', 'download.html', 'fields.html']
const contentTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
}

/** Builds the page as an app would and serves it. */
export async function startBrowserApp(): Promise<BrowserApp> {
  const folder = await mkdtemp(join(tmpdir(), 'browser-app-'))
  await buildPage(folder)
  const uploads: StoredUpload[] = []
  let handler: (request: Request) => Promise<Response> = async () =>
    new Response(null, { status: 503 })

  let surroundings: Surroundings = {}
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    if (pathname === '/api/s3') return toNodeListener(handler)(request, response)
    for (const [name, value] of Object.entries(surroundings.headers ?? {})) {
      response.setHeader(name, value)
    }
    const further = surroundings.files?.[pathname]
    if (further !== undefined) {
      response.setHeader('content-type', contentTypes[extname(pathname)] ?? 'text/plain')
      return response.end(further)
    }
    const path = join(folder, pathname === '/' ? 'index.html' : pathname)
    const exists = await stat(path).then(
      () => true,
      () => false,
    )
    if (!exists) return response.writeHead(404).end()
    response.setHeader('content-type', contentTypes[extname(path)] ?? 'application/octet-stream')
    if (surroundings.rewrite && extname(path) === '.html') {
      return response.end(surroundings.rewrite(await readFile(path, 'utf8')))
    }
    return createReadStream(path).pipe(response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const bucket = await createTestBucket(url)

  const configure = (options: Partial<SigningOptions> = {}) => {
    handler = createSigningHandler({
      bucket: bucket.name,
      region: bucket.region,
      endpoint: bucket.endpoint,
      credentials: bucket.credentials,
      secret: 'a secret of at least thirty-two characters',
      authorize: () => ({ owner: 'ann' }),
      onUploadComplete: (upload) => {
        uploads.push(upload)
      },
      ...options,
    })
  }
  configure()

  return {
    url,
    bucket,
    uploads,
    configure,
    serve(next = {}) {
      surroundings = next
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await bucket.close()
      await rm(folder, { recursive: true })
    },
  }
}

/** Builds for production, whatever the test runner says of itself: a user's page has no React for developers. */
async function buildPage(outDir: string): Promise<void> {
  const { NODE_ENV } = process.env
  process.env.NODE_ENV = 'production'
  try {
    await build({
      configFile: false,
      logLevel: 'error',
      root: appFolder,
      plugins: [react()],
      resolve: { tsconfigPaths: true },
      build: {
        outDir,
        emptyOutDir: true,
        rolldownOptions: { input: pages.map((page) => join(appFolder, page)) },
      },
    })
  } finally {
    process.env.NODE_ENV = NODE_ENV
  }
}
