import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream, existsSync, statSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { delimiter, extname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { installFolders } from './consumer-app.js'

/** One page with the component, and the tools of users that build it. */
export interface LooksApp {
  /** Makes a production build, and serves it. */
  serve(build: StaticBuild): Promise<ServedPage>
  serveNext(command: 'dev' | 'start'): Promise<ServedPage>
  remove(): Promise<void>
}

export interface ServedPage {
  readonly url: string
  stop(): Promise<void>
}

export type StaticBuild = keyof typeof staticBuilds

interface Tool {
  readonly command: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

const esbuild = (entry: string, ...more: string[]): Tool => ({
  command: ['esbuild', entry, '--bundle', '--minify', '--format=esm', '--outdir=out', ...more],
})
const tailwind = (styles: string): Tool => ({
  command: ['vite', 'build', 'tailwind', '--outDir', '../out', '--emptyOutDir'],
  env: { VITE_STYLES: styles },
})

/** Each with its defaults; all write to `out`. */
const staticBuilds = {
  vite: { command: ['vite', 'build', '--outDir', 'out'] },
  webpack: { command: ['node', 'webpack-build.js'] },
  esbuild: esbuild('main.js'),
  'esbuild for the oldest browsers': esbuild(
    'main.js',
    '--target=es2022,chrome99,firefox97,safari15.4',
  ),
  'unlayered resets': esbuild('resets/main.js'),
  'Tailwind before': tailwind('after'),
  'Tailwind in a stated order': tailwind('ordered'),
  'Tailwind in one style sheet': tailwind('imported'),
} satisfies Record<string, Tool>

/** A page for tools that make none. */
const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Looks</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="main.css"></head><body><div id="root"></div><script type="module" src="main.js"></script></body></html>`

export async function installLooks(tarball: string): Promise<LooksApp> {
  const folder = await installFolders(['looks'], tarball)
  return {
    async serve(build) {
      const out = join(folder, 'out')
      await rm(out, { recursive: true, force: true })
      run(folder, staticBuilds[build])
      if (!existsSync(join(out, 'index.html'))) await writeFile(join(out, 'index.html'), page)
      return await serveFolder(out)
    },
    async serveNext(command) {
      if (command === 'start') run(folder, { command: ['next', 'build'] })
      return await startNext(folder, command)
    },
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  }
}

function run(folder: string, { command, env }: Tool): void {
  const began = performance.now()
  const [program = '', ...args] = command
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: folder,
    env: environment({
      PATH: `${join(folder, 'node_modules/.bin')}${delimiter}${process.env.PATH}`,
      ...env,
    }),
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })
  if (status !== 0) throw new Error(`${command.join(' ')} failed:\n${stdout}${stderr}`)
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  process.stdout.write(`${command.slice(0, 2).join(' ')}: ${seconds} s\n`)
}

async function serveFolder(folder: string): Promise<ServedPage> {
  const types: Record<string, string> = {
    '.html': 'text/html',
    '.js': 'text/javascript',
    '.css': 'text/css',
  }
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const path = join(folder, pathname === '/' ? 'index.html' : pathname)
    if (!existsSync(path) || !statSync(path).isFile()) return response.writeHead(404).end()
    response.setHeader('content-type', types[extname(path)] ?? 'application/octet-stream')
    return createReadStream(path).pipe(response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    // A server that listens has an address with a port.
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function startNext(folder: string, command: 'dev' | 'start'): Promise<ServedPage> {
  const program = join(folder, 'node_modules/next/dist/bin/next')
  const server = spawn(
    process.execPath,
    [program, command, '--hostname', '127.0.0.1', '--port', '0'],
    { cwd: folder, env: environment(), stdio: ['ignore', 'pipe', 'pipe'], detached: true },
  )
  const exited = once(server, 'exit')
  const url = await new Promise<string>((resolve, reject) => {
    createInterface(server.stdout).on('line', (line) => {
      const [, found] = /Local:\s+(http:\/\/\S+)/.exec(line) ?? []
      if (found) resolve(found)
    })
    exited.then(() => reject(new Error(`next ${command} ended at once.`)), reject)
  })
  // `next dev` compiles the page when it is asked for, which takes longer than a browser waits.
  await fetch(url)
  return {
    url,
    async stop() {
      // A group of its own: the server of `next dev` has processes below it.
      if (server.pid && server.exitCode === null) process.kill(-server.pid)
      await exited
    },
  }
}

/** Without Vitest's own mode, which would reach the build. */
function environment(extra: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  return { ...process.env, NODE_ENV: undefined, NEXT_TELEMETRY_DISABLED: '1', ...extra }
}
