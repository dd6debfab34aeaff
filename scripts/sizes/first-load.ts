import { gzipSync } from 'node:zlib'
import { build, type Metafile, type OutputFile } from 'esbuild'

/** What of a bundle a page needs to start, and what it loads later. */
export interface FirstLoad {
  /** Minified and compressed, in bytes: the sum of its files. */
  readonly firstBytes: number
  readonly laterBytes: number
  /** Minified code of the first load. */
  readonly firstCode: string
  /** Minified bytes of each module of the first load, not compressed, the largest first. */
  readonly modules: readonly (readonly [name: string, bytes: number])[]
}

/** Bundles TypeScript or JavaScript as an app would, React left out. Names resolve from `directory`. */
export async function firstLoadOf(contents: string, directory: string): Promise<FirstLoad> {
  const { metafile, outputFiles } = await build({
    stdin: { contents, resolveDir: directory },
    bundle: true,
    splitting: true,
    format: 'esm',
    minify: true,
    write: false,
    outdir: 'out',
    absWorkingDir: directory,
    metafile: true,
    external: ['react', 'react-dom', 'react/jsx-runtime'],
    target: 'es2022',
    logLevel: 'error',
  })
  const first = loadedAtStart(metafile)
  const files = outputFiles.map((file) => ({ file, name: nameOf(file, metafile) }))
  const sum = (isFirst: boolean) =>
    files
      .filter(({ name }) => first.has(name) === isFirst)
      .reduce((bytes, { file }) => bytes + gzipSync(file.contents, { level: 9 }).length, 0)
  return {
    firstBytes: sum(true),
    laterBytes: sum(false),
    firstCode: files
      .filter(({ name }) => first.has(name))
      .map(({ file }) => file.text)
      .join('\n'),
    modules: modulesOf(metafile, first),
  }
}

/** The entry and all that it imports statically. */
function loadedAtStart({ outputs }: Metafile): ReadonlySet<string> {
  const entry = Object.keys(outputs).find((name) => outputs[name]?.entryPoint === '<stdin>') ?? ''
  const found = new Set([entry])
  for (const name of found) {
    for (const { path, kind, external } of outputs[name]?.imports ?? []) {
      if (kind === 'import-statement' && !external) found.add(path)
    }
  }
  return found
}

function nameOf({ path }: OutputFile, { outputs }: Metafile): string {
  return Object.keys(outputs).find((name) => path.endsWith(name)) ?? path
}

function modulesOf({ outputs }: Metafile, first: ReadonlySet<string>): [string, number][] {
  const bytes = new Map<string, number>()
  for (const name of first) {
    for (const [module, { bytesInOutput }] of Object.entries(outputs[name]?.inputs ?? {})) {
      const short = module.replace(/^.*node_modules\//, '').replace(/^dist\//, '')
      bytes.set(short, (bytes.get(short) ?? 0) + bytesInOutput)
    }
  }
  return [...bytes].sort(([, a], [, b]) => b - a)
}
