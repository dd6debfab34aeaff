import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { repositoryPath } from '../support/repository-path.js'

/** A copy of the examples beside the unpacked package, as a reader of the repository has them. */
export interface ExamplesFolder {
  /** Installs an example by its lock file, and starts it by its one command. */
  start(name: string, env?: Readonly<Record<string, string>>): Promise<RunningExample>
  /** Runs a script in the folder of an example, installed; returns what it printed. */
  run(name: string, script: string, env?: Readonly<Record<string, string>>): string
  remove(): Promise<void>
}

export interface RunningExample {
  readonly url: string
  /** Reads an object out of the test S3's directory. */
  storedFile(key: string): Promise<Buffer>
  stop(): Promise<void>
}

const notCopied = new Set(['node_modules', '.bucket', '.next', 'public'])

export async function unpackExamples(tarball: string): Promise<ExamplesFolder> {
  const root = await mkdtemp(join(tmpdir(), 's3-direct-upload-examples-'))
  execFileSync('tar', ['-xzf', tarball, '--strip-components=1', '-C', root])
  const filter = (source: string) => !notCopied.has(basename(source))
  await cp(repositoryPath('examples'), join(root, 'examples'), { recursive: true, filter })
  const servers: ChildProcess[] = []
  const folderOf = (name: string) => join(root, 'examples', name)
  const install = (name: string) => {
    if (existsSync(join(folderOf(name), 'node_modules'))) return
    const options = { cwd: folderOf(name), env: environment({}), timeout: 240_000 }
    execFileSync('npm', ['ci', '--prefer-offline', '--no-audit', '--no-fund'], options)
  }
  return {
    async start(name, env = {}) {
      install(name)
      return await startExample(folderOf(name), env, servers)
    },
    run(name, script, env = {}) {
      install(name)
      // Piped, so that what a script logs on purpose is not among the lines of the tests.
      const pipes = { encoding: 'utf8', stdio: 'pipe' } as const
      const options = { ...pipes, cwd: folderOf(name), env: environment(env) }
      return execFileSync(process.execPath, ['--input-type=module', '-e', script], options)
    },
    async remove() {
      // One whose test ran out of time is still there.
      await Promise.all(servers.map(endGroup))
      await rm(root, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

async function startExample(
  folder: string,
  env: Readonly<Record<string, string>>,
  servers: ChildProcess[],
): Promise<RunningExample> {
  // A group of its own, since npm starts a shell that starts the server.
  const options = { cwd: folder, env: environment(env), detached: true } as const
  const server = spawn('npm', ['start'], { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  servers.push(server)
  const exited = once(server, 'exit')
  let printed = ''
  const url = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      printed += chunk
      const [, found] = /(?:Open|Local:)\s+(http:\/\/\S+)/.exec(printed) ?? []
      if (found) resolve(found)
    }
    server.stdout.on('data', read)
    server.stderr.on('data', read)
    exited.then(() => reject(new Error(`The example ended at once:\n${printed}`)), reject)
  })
  return {
    url,
    storedFile: (key) => readFile(join(folder, '.bucket/example', key)),
    stop: () => endGroup(server),
  }
}

async function endGroup(server: ChildProcess): Promise<void> {
  if (!server.pid || server.exitCode !== null || server.signalCode !== null) return
  const exited = once(server, 'exit')
  process.kill(-server.pid)
  await exited
}

/** Without what this computer knows of a bucket, and without Vitest's own mode. */
function environment(extra: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^(AWS|S3|NODE_ENV|VITE)/.test(name))
  return { ...Object.fromEntries(own), NO_COLOR: '1', PORT: '0', ...extra }
}
