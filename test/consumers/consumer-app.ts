import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { createInterface } from 'node:readline'
import { repositoryPath } from '../support/repository-path.js'

/** An app in a folder of its own, with the packed package installed as a user installs it. */
export interface ConsumerApp {
  /** What the compiler reports; empty when it is content. */
  typecheck(): string
  build(): void
  serve(): Promise<RunningServer>
  /** Imports a module with another Node; returns what that printed. */
  importWith(program: string, specifier: string): string
  remove(): Promise<void>
}

/** Where the app, its S3 and its bucket are. */
export interface RunningServer {
  readonly url: string
  readonly endpoint: string
  readonly bucket: string
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string }
  stop(): Promise<void>
}

/** Packs the package as it would be published; returns the tarball's path. */
export async function packPackage(): Promise<string> {
  const folder = await temporaryFolder()
  const [packed] = JSON.parse(
    npm(['pack', '--json', '--ignore-scripts', '--pack-destination', folder], repositoryPath('')),
  )
  return join(folder, packed.filename)
}

/** Installs the app's own lock file, then the tarball beside it. */
export async function installConsumer(name: string, tarball: string): Promise<ConsumerApp> {
  const folder = await installFolders(['app', name], tarball)

  return {
    typecheck() {
      const tsc = repositoryPath('node_modules/typescript/bin/tsc')
      return spawnSync(process.execPath, [tsc, '-p', folder, '--pretty', 'false']).stdout.toString()
    },
    build() {
      npm(['exec', '--', 'vite', 'build', '--logLevel', 'error'], folder)
    },
    serve: () => startServer(folder),
    importWith(program, specifier) {
      const script = `import('${specifier}').then((m) => console.log('imported', Object.keys(m).length))`
      const { stdout, stderr } = spawnSync(program, ['-e', script], { cwd: folder })
      return `${stdout}${stderr}`
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

/** Lays folders of `test/consumers` over each other, with the package installed; returns the folder. */
export async function installFolders(names: readonly string[], tarball: string): Promise<string> {
  const folder = await temporaryFolder()
  for (const name of names) {
    await cp(repositoryPath(`test/consumers/${name}`), folder, { recursive: true })
  }
  npm(['ci', '--prefer-offline', '--no-audit', '--no-fund'], folder)
  npm(['install', '--no-save', '--prefer-offline', '--no-audit', '--no-fund', tarball], folder)
  return folder
}

/** Installs the package alone, as for a server; returns the folder. */
export async function installAlone(tarball: string): Promise<string> {
  const folder = await temporaryFolder()
  const manifest = { name: 'server', private: true, type: 'module' }
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest))
  npm(['install', '--prefer-offline', '--no-audit', '--no-fund', tarball], folder)
  return folder
}

async function startServer(folder: string): Promise<RunningServer> {
  const server = spawn(process.execPath, ['server.mjs'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(server, 'exit')
  const [firstLine] = await Promise.race([
    once(createInterface(server.stdout), 'line'),
    exited.then(() => Promise.reject(new Error("The consumer's server ended at once."))),
  ])
  return {
    ...JSON.parse(firstLine),
    async stop() {
      server.kill()
      await exited
    },
  }
}

/** The Node versions on the path that are older than the one of this run and still supported. */
export const olderNodes: readonly { program: string; version: string }[] = findOlderNodes()

function findOlderNodes() {
  const found = new Map<string, string>()
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const program = join(folder, process.platform === 'win32' ? 'node.exe' : 'node')
    if (!existsSync(program)) continue
    const version = spawnSync(program, ['--version']).stdout?.toString().trim() ?? ''
    if (version.startsWith('v20.')) found.set(version, program)
  }
  return Array.from(found, ([version, program]) => ({ version, program }))
}

function npm(args: readonly string[], cwd: string): string {
  return execFileSync('npm', args, {
    cwd,
    encoding: 'utf8',
    // A registry out of reach is tried again for minutes.
    timeout: 240_000,
    shell: process.platform === 'win32',
    // Vitest runs in NODE_ENV=test, which would install and build something else than users get.
    env: { ...process.env, NODE_ENV: undefined },
  })
}

async function temporaryFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 's3-direct-upload-consumer-'))
}
