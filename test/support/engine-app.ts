import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { build, createServer as createViteServer } from 'vite'

/** A page on the network; its scripts have `engine`. */
export interface EngineApp {
  readonly url: string
  close(): Promise<void>
}

const contentTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
}

/** Builds the app of a folder and serves it; `?csp=` in the URL of the page is its Content-Security-Policy. */
export async function serveBuiltApp(folder: string): Promise<EngineApp> {
  const outDir = join(folder, 'dist')
  await build({ root: folder, configFile: false, logLevel: 'error', build: { outDir } })

  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
    const name = pathname === '/' ? '/index.html' : pathname
    const content = await readFile(join(outDir, name)).catch(() => undefined)
    const policy = searchParams.get('csp')
    if (policy) response.setHeader('content-security-policy', policy)
    // A sandboxed frame is of no origin.
    response.setHeader('access-control-allow-origin', '*')
    response.setHeader('content-type', contentTypes[extname(name)] ?? 'text/plain')
    response.writeHead(content || name === '/icon.svg' ? 200 : 404).end(content)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Serves the app of a folder by Vite's development server, which bundles dependencies beforehand. */
export async function serveInDevelopment(folder: string): Promise<EngineApp> {
  const server = await createViteServer({
    root: folder,
    configFile: false,
    logLevel: 'error',
    server: { host: '127.0.0.1', port: 0, strictPort: false, watch: null },
  })
  await server.listen()
  const [url = ''] = server.resolvedUrls?.local ?? []
  return { url, close: () => server.close() }
}
