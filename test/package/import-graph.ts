import { dirname, join } from 'node:path/posix'
import type { ArchitecturePage, Door } from '../../scripts/layers/architecture-page.js'
import type { SourceImport, SourceModule } from '../../scripts/sources/parse-source.js'

interface Edge {
  readonly from: string
  readonly to: string
  readonly kind: SourceImport['kind']
}

const maxFolderFiles = 21
const maxFileLines = 300
const maxFunctionLines = 60

const upwardHint =
  'docs/architecture.md lists the second folder above the first. Move the file, or pass what it needs as an argument.'
const doorHint =
  'not by the door. Import the type alone, use import(), or take the value from what "The door" in docs/architecture.md names.'

/** Files that import each other in a cycle; imports of types and `import()` count. */
export function fileCycles(modules: readonly SourceModule[]): string[] {
  const graph = graphOf(edgesOf(modules))
  return cyclesIn(graph).map(
    (cycle) => `${cycle.join(' → ')}: move what both sides need into a file that imports neither.`,
  )
}

/** Folders that import each other in a cycle, with the imports that close it. */
export function folderCycles(modules: readonly SourceModule[]): string[] {
  const edges = edgesOf(modules)
  const between = edges.map(({ from, to }) => ({ from: dirname(from), to: dirname(to) }))
  return cyclesIn(graphOf(between.filter(({ from, to }) => from !== to))).map((cycle) => {
    const imports = cycle.slice(1).map((folder, index) => {
      const found = edges.find(
        (edge) => dirname(edge.from) === cycle[index] && dirname(edge.to) === folder,
      )
      return `${found?.from} → ${found?.to}`
    })
    return `${cycle.join(' → ')} by ${imports.join(', ')}: move one of these files, or pass what it needs as an argument.`
  })
}

/** Folders, files and functions that are larger than the house allows. */
export function tooLarge(modules: readonly SourceModule[]): string[] {
  const folders = Map.groupBy(modules, ({ path }) => dirname(path))
  return [
    ...Array.from(folders)
      .filter(([, files]) => files.length > maxFolderFiles)
      .map(
        ([folder, files]) =>
          `${folder} has ${files.length} files: give a group of them a folder (at most ${maxFolderFiles}).`,
      ),
    ...modules
      .filter(({ lineCount }) => lineCount > maxFileLines)
      .map(
        ({ path, lineCount }) =>
          `${path} has ${lineCount} lines: split it (at most ${maxFileLines}).`,
      ),
    ...modules.flatMap(({ path, functions }) =>
      functions
        .filter(({ lineCount }) => lineCount > maxFunctionLines)
        .map(
          ({ line, lineCount }) =>
            `${path}:${line} is a function of ${lineCount} lines: split it (at most ${maxFunctionLines}).`,
        ),
    ),
  ]
}

/** Imports against the order in which `docs/architecture.md` lists the folders of a layer, from the ground up. */
export function upwardImports(modules: readonly SourceModule[], page: ArchitecturePage): string[] {
  return edgesOf(modules).flatMap(({ from, to }) => {
    const lower = placeOf(to, page)
    const upper = placeOf(from, page)
    const isUpward = lower.layer === upper.layer && lower.row > upper.row
    return isUpward ? [`${from} → ${to}: ${upwardHint}`] : []
  })
}

/** Folders without a row in `docs/architecture.md`, and rows without a folder. */
export function misplacedFolders(
  modules: readonly SourceModule[],
  page: ArchitecturePage,
): string[] {
  const places = modules.flatMap(({ path }) => placeOf(path, page))
  const unlisted = places.filter(
    ({ row, layer, folder }) => row < 0 && (folder || page.folderOrder.has(layer)),
  )
  const rows = [...page.folderOrder].flatMap(([layer, order]) =>
    order.map((row, index) => ({ layer, row, index })),
  )
  const empty = rows.filter(
    ({ layer, index }) => !places.some((place) => place.layer === layer && place.row === index),
  )
  return [
    ...new Set(
      unlisted.map(
        ({ layer, folder }) =>
          `src/${layer}/${folder} has no row in docs/architecture.md: add it to the folders of ${layer}.`,
      ),
    ),
    ...empty.map(
      ({ layer, row }) =>
        `src/${layer}/${row} has a row in docs/architecture.md and no file: remove the row.`,
    ),
  ]
}

/** Values of a layer that are not taken by its door. Types and `import()` are free. */
export function pastTheDoor(modules: readonly SourceModule[], doors: readonly Door[]): string[] {
  const edges = edgesOf(modules).filter(({ kind }) => kind === 'value')
  return edges.flatMap(({ from, to }) => {
    const own = doors.filter((door) => isIn(from, door.from) && isIn(to, `${door.layer}/`))
    const isAllowed =
      own.length === 0 || own.some(({ values }) => values.some((value) => isIn(to, value)))
    return isAllowed ? [] : [`${from} → ${to}: ${doorHint}`]
  })
}

/** The row of the page that a file belongs to: the one with the longest name. */
function placeOf(
  path: string,
  page: ArchitecturePage,
): { layer: string; folder: string; row: number } {
  const [, layer = '', folder = ''] = /^src\/(?:([^/]+)\/)?(.*\/)?/.exec(path) ?? []
  const order = page.folderOrder.get(layer) ?? []
  const rows = order.filter((row) => (row ? folder.startsWith(row) : !folder))
  const longest = rows.toSorted((one, other) => other.length - one.length)[0]
  return { layer, folder, row: longest === undefined ? -1 : order.indexOf(longest) }
}

function edgesOf(modules: readonly SourceModule[]): Edge[] {
  const paths = new Set(modules.map(({ path }) => path))
  return modules.flatMap(({ path: from, imports }) =>
    imports.flatMap(({ specifier, kind }) => {
      const path = join(dirname(from), specifier).replace(/\.js$/, '')
      const to = [`${path}.ts`, `${path}.tsx`].find((file) => paths.has(file))
      return specifier.startsWith('.') && to ? [{ from, to, kind }] : []
    }),
  )
}

function graphOf(edges: readonly { from: string; to: string }[]): Map<string, string[]> {
  const groups = Map.groupBy(edges, ({ from }) => from)
  return new Map(Array.from(groups, ([from, out]) => [from, out.map(({ to }) => to)]))
}

/** At least one cycle of each group of nodes that reach each other; each begins and ends with the same node. */
function cyclesIn(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const cycles: string[][] = []
  const finished = new Set<string>()
  const visit = (node: string, path: readonly string[]) => {
    const start = path.indexOf(node)
    if (start >= 0) cycles.push([...path.slice(start), node])
    if (start >= 0 || finished.has(node)) return
    for (const next of new Set(graph.get(node))) visit(next, [...path, node])
    finished.add(node)
  }
  for (const node of graph.keys()) visit(node, [])
  return cycles
}

/** Whether a path of the repository is the file, or in the folder, that the page names below `src`. */
function isIn(path: string, named: string): boolean {
  return named.endsWith('/') ? path.startsWith(`src/${named}`) : path === `src/${named}`
}
