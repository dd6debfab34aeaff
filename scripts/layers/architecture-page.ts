import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

/** A row of the layer table. */
export interface Layer {
  readonly name: string
  readonly mayImport: readonly string[]
  readonly runsIn: string
  /** Whether time, timers and chance come from `Runtime` alone. */
  readonly takesRuntime: boolean
}

/** Who may take which values of a layer that it otherwise imports for its types only. */
export interface Door {
  /** A folder or a file of `src`. */
  readonly from: string
  readonly layer: string
  /** Folders and files of `src`. */
  readonly values: readonly string[]
}

export interface ArchitecturePage {
  readonly layers: readonly Layer[]
  /** For each layer with folders: its rows from the ground up. `''` stands for the files beside the folders. */
  readonly folderOrder: ReadonlyMap<string, readonly string[]>
  readonly doors: readonly Door[]
}

/** Reads the tables of `docs/architecture.md` that the checks are made from. */
export async function readArchitecturePage(): Promise<ArchitecturePage> {
  const page = new URL('../../docs/architecture.md', import.meta.url)
  return parseArchitecturePage(await readFile(fileURLToPath(page), 'utf8'))
}

export function parseArchitecturePage(markdown: string): ArchitecturePage {
  return {
    layers: layersOf(sectionOf(markdown, '## Layers')),
    folderOrder: folderOrderOf(markdown),
    doors: doorsOf(sectionOf(markdown, '## The door')),
  }
}

function layersOf(section: string): Layer[] {
  return rowsOf(section).map(([name = '', , imports = '', runsIn = '', time = '']) => ({
    name: unquoted(name),
    mayImport: quotedIn(imports),
    runsIn: runsIn.trim(),
    takesRuntime: time.includes('`Runtime`'),
  }))
}

/** A table below the heading of a layer: `folder/` in each row, and `root` for the files beside the folders. */
function folderOrderOf(markdown: string): Map<string, string[]> {
  const sections = markdown.split(/^### /m).slice(1)
  const orders = sections.map((section): [string, string[]] => {
    const rows = rowsOf(untilHeading(section)).map(([folder = '']) => folder.trim())
    const folders = rows.filter((row) => row === 'root' || /^`[^`]+\/`$/.test(row))
    const layer = /^`([a-z0-9-]+)`/.exec(section)?.[1] ?? ''
    return [layer, folders.map((row) => (row === 'root' ? '' : unquoted(row)))]
  })
  return new Map(orders.filter(([layer, folders]) => layer !== '' && folders.length > 0))
}

function doorsOf(section: string): Door[] {
  return rowsOf(section).flatMap(([from = '', layer = '', values = '']) =>
    quotedIn(from).map((path) => ({
      from: path,
      layer: unquoted(layer),
      values: quotedIn(values),
    })),
  )
}

function sectionOf(markdown: string, heading: string): string {
  return untilHeading(markdown.split(new RegExp(`^${heading}$`, 'm'))[1] ?? '')
}

function untilHeading(text: string): string {
  return text.split(/^##/m)[0] ?? ''
}

/** The cells of each row that begins with code or with `root`. */
function rowsOf(section: string): string[][] {
  return Array.from(section.matchAll(/^\| ((?:`|root ).*) \|$/gm), ([, row = '']) => row.split('|'))
}

function quotedIn(cell: string): string[] {
  return Array.from(cell.matchAll(/`([^`]+)`/g), ([, quoted = '']) => quoted)
}

function unquoted(cell: string): string {
  return cell.trim().replaceAll('`', '')
}
