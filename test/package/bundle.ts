import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { repositoryPath } from '../support/repository-path.js'

interface Bundle {
  readonly code: string
  readonly gzipBytes: number
  readonly lazyGzipBytes: number
  /** What is left of each module, before it is made small. */
  readonly modules: readonly { readonly id: string; readonly code: string }[]
}

/** Bundles one name of the built main entry as an app would, React left out; `gzipBytes` is what a page needs to start. */
export function bundle(name: string): Promise<Bundle> {
  return bundleCode((entry) => `export { ${name} } from ${entry}`)
}

/** Bundles code that imports from the built main entry, whose specifier it is given. */
export async function bundleCode(codeOf: (entry: string) => string): Promise<Bundle> {
  const entry = '\0entry'
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    root: repositoryPath(''),
    publicDir: false,
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === 'entry' ? entry : undefined),
        load: (id) =>
          id === entry ? codeOf(JSON.stringify(repositoryPath('dist/index.js'))) : undefined,
      },
    ],
    build: {
      write: false,
      target: 'es2022',
      minify: true,
      modulePreload: false,
      rolldownOptions: {
        input: 'entry',
        external: [/^react($|\/)/, /^react-dom($|\/)/],
        preserveEntrySignatures: 'strict',
      },
    },
  })
  // `write: false` without `watch` gives outputs, never a watcher.
  const outputs = (Array.isArray(result) ? result : [result]) as { output: OutputFile[] }[]
  const chunks = outputs.flatMap(({ output }) => output).filter((file) => file.type === 'chunk')
  const [lazy, initial] = [
    chunks.filter((chunk) => chunk.isDynamicEntry),
    chunks.filter((chunk) => !chunk.isDynamicEntry),
  ].map((some) => some.map((chunk) => chunk.code).join('\n'))
  return {
    code: `${initial}\n${lazy}`,
    gzipBytes: gzippedSize(initial),
    lazyGzipBytes: gzippedSize(lazy),
    modules: chunks.flatMap(({ modules }) =>
      Object.entries(modules).map(([id, { code }]) => ({ id, code: code ?? '' })),
    ),
  }
}

function gzippedSize(code = ''): number {
  return gzipSync(code, { level: 9 }).length
}

interface OutputFile {
  readonly type: 'asset' | 'chunk'
  readonly code: string
  readonly isDynamicEntry: boolean
  readonly modules: Readonly<Record<string, { readonly code: string | null }>>
}
