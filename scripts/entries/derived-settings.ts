import {
  entryPoints as allEntryPoints,
  commandSource,
  type EntryPoint,
  partsSource,
  styleSheets,
  workerSource,
} from './entry-points.js'

const packageName = 's3-direct-upload'

/** `exports` of package.json. */
export function packageExports(entryPoints: readonly EntryPoint[] = allEntryPoints) {
  const modules = entryPoints.map(({ subpath, source }) => [
    subpath,
    { types: `./dist/${moduleOf(source)}.d.ts`, default: `./dist/${moduleOf(source)}.js` },
  ])
  const sheets = styleSheets.map((sheet) => [
    `./${sheet}`,
    { types: `./dist/${sheet}.d.ts`, default: `./dist/${sheet}` },
  ])
  const own = ['./package.json', './package.json']
  return Object.fromEntries([...modules, ...sheets, own])
}

/** `bin` of package.json. */
export function packageBin() {
  return { [packageName]: `dist/${moduleOf(commandSource)}.js` }
}

/** `paths` of tsconfig.json: in this repository the public names lead to the source. */
export function sourcePaths(entryPoints: readonly EntryPoint[] = allEntryPoints) {
  const modules = entryPoints.map(({ subpath, source }) => [nameOf(subpath), [`./src/${source}`]])
  const sheets = styleSheets.map((sheet) => [`${packageName}/${sheet}`, [`./src/react/${sheet}`]])
  return Object.fromEntries([...modules, ...sheets])
}

/** The same for Vite: each whole name, and its file in the repository. */
export function sourceAliases(): { find: RegExp; file: string }[] {
  return Object.entries<string[]>(sourcePaths()).map(([name, [file = '']]) => ({
    find: new RegExp(`^${name.replaceAll('.', '\\.')}$`),
    file,
  }))
}

/** What the build makes files of: a name in `dist`, and its file in the repository. */
export function buildEntries(): [string, string][] {
  const sources = [
    ...allEntryPoints.map(({ source }) => source),
    partsSource,
    workerSource,
    commandSource,
  ]
  return sources.map((source) => [moduleOf(source), `src/${source}`])
}

function nameOf(subpath: string): string {
  return `${packageName}${subpath.slice(1)}`
}

function moduleOf(source: string): string {
  return source.replace(/\.ts$/, '')
}
