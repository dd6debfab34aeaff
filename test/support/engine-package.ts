import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build, loadConfigFromFile } from 'vite'
import { repositoryPath } from './repository-path.js'

/** What the page of an app with the package gets from it: modules that are not published by themselves. */
export interface Engine {
  readonly runtime: typeof import('../../src/async/runtime.js')
  readonly droppedFiles: typeof import('../../src/react/hooks/choosing/dropped-files.js')
  readonly checksum: typeof import('../../src/upload/checksum/checksum.js')
  readonly fileHandles: typeof import('../../src/upload/store/file-handles.js')
  readonly openHandle: typeof import('../../src/upload/resume/open-handle.js')
  readonly readableFile: typeof import('../../src/upload/reading/readable-file.js')
  readonly resumeStore: typeof import('../../src/upload/resume/resume-store.js')
  readonly webLock: typeof import('../../src/upload/resume/web-lock.js')
}

/** In the browser, where the functions of a test are evaluated. */
declare global {
  var engine: Engine
}

const modules: Readonly<Record<keyof Engine, string>> = {
  runtime: 'async/runtime',
  droppedFiles: 'react/hooks/choosing/dropped-files',
  checksum: 'upload/checksum/checksum',
  fileHandles: 'upload/store/file-handles',
  openHandle: 'upload/resume/open-handle',
  readableFile: 'upload/reading/readable-file',
  resumeStore: 'upload/resume/resume-store',
  webLock: 'upload/resume/web-lock',
}
const dependencies = ['idb-keyval', 'valibot']

/** A folder with an app that has the package, built as it is published, in its `node_modules`. */
export interface EngineAppFolder {
  readonly path: string
  remove(): Promise<void>
}

export async function createEngineAppFolder(): Promise<EngineAppFolder> {
  const path = await mkdtemp(join(tmpdir(), 'engine-app-'))
  const packageFolder = join(path, 'node_modules/s3-direct-upload')
  await buildModules(join(packageFolder, 'dist'))
  await writeFile(join(packageFolder, 'package.json'), await packageJson())
  for (const name of dependencies) {
    await symlink(
      repositoryPath(`node_modules/${name}`),
      join(path, 'node_modules', name),
      'junction',
    )
  }
  await writeFile(join(path, 'index.html'), page)
  await writeFile(join(path, 'main.js'), script)
  return { path, remove: () => rm(path, { recursive: true }) }
}

/** With the settings of the library build: what it does to a module does not depend on what else is built. */
async function buildModules(outDir: string): Promise<void> {
  const configFile = repositoryPath('vite.config.ts')
  const loaded = await loadConfigFromFile({ command: 'build', mode: 'production' }, configFile)
  const entries = [...Object.values(modules), 'upload/checksum/checksum-worker']
  await mkdir(outDir, { recursive: true })
  await build({
    ...loaded?.config,
    configFile: false,
    root: repositoryPath(''),
    logLevel: 'error',
    build: {
      ...loaded?.config.build,
      outDir,
      emptyOutDir: true,
      lib: {
        formats: ['es'],
        entry: Object.fromEntries(
          entries.map((name) => [name, repositoryPath(`src/${name}.ts`)] as const),
        ),
      },
    },
  })
}

async function packageJson(): Promise<string> {
  const { name, version, type, sideEffects } = JSON.parse(
    await readFile(repositoryPath('package.json'), 'utf8'),
  )
  return JSON.stringify({ name, version, type, sideEffects, exports: { './*': './dist/*.js' } })
}

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>Engine under test</title>
    <link rel="icon" href="/icon.svg" />
    <script type="module" src="/main.js"></script>
  </head>
  <body>
    <input type="file" multiple aria-label="Files" />
  </body>
</html>
`

const script = `${Object.entries(modules)
  .map(([name, path]) => `import * as ${name} from 's3-direct-upload/${path}'`)
  .join('\n')}
globalThis.engine = { ${Object.keys(modules).join(', ')} }
`
