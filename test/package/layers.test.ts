import { spawnSync } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { repositoryPath } from '../support/repository-path.js'
import { violations } from './planted-violations.js'

interface Layer {
  readonly name: string
  readonly mayImport: readonly string[]
  readonly runsIn: string
}

interface LayerRules {
  noRestrictedImports?: { options: { patterns: { group: string[] }[] } }
  noRestrictedGlobals?: { options: { deniedGlobals: Record<string, string> } }
}

interface BiomeSettings {
  readonly overrides: readonly {
    readonly includes: readonly string[]
    readonly linter: { readonly rules: { readonly style?: LayerRules } }
  }[]
}

const biome: BiomeSettings = JSON.parse(await readFile(repositoryPath('biome.json'), 'utf8'))
const layers = parseLayerTable(await readFile(repositoryPath('docs/architecture.md'), 'utf8'))
const layerNames = layers.map((layer) => layer.name)

describe('the layer table', () => {
  test('has a row for each folder of src', async () => {
    const entries = await readdir(repositoryPath('src'), { withFileTypes: true })
    const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)

    expect(layerNames.toSorted()).toEqual(folders.toSorted())
  })

  test('has no cycle', () => {
    const open = new Map(layers.map((layer) => [layer.name, layer.mayImport]))
    let removed: boolean
    do {
      removed = false
      for (const [name, imports] of open) {
        if (imports.every((imported) => !open.has(imported))) removed = open.delete(name)
      }
    } while (removed)

    expect([...open.keys()]).toEqual([])
  })

  test.each(layers)('is what the linter enforces for imports of $name', ({ name, mayImport }) => {
    const denied = rulesOf(name).noRestrictedImports?.options.patterns.flatMap(({ group }) => group)
    const permitted = layerNames.filter((other) => !denied?.includes(`**/${other}/**`))

    expect(permitted.toSorted()).toEqual([name, ...mayImport].toSorted())
  })

  test.each(layers)('is what the linter enforces for globals of $name', ({ name, runsIn }) => {
    const denied = Object.keys(rulesOf(name).noRestrictedGlobals?.options.deniedGlobals ?? {})

    expect(denied).toEqual(expect.arrayContaining(['process', 'Buffer', 'require']))
    expect(denied.includes('window')).toBe(runsIn !== 'browser')
  })
})

test('testing takes types alone from upload', async () => {
  const runtimeImport = /^(?:import|export)\s+(?!type\b)[^;]*?from\s+'[^']*\/upload\/[^']*'/gm
  const sources = await sourcesIn(repositoryPath('src/testing'))

  expect(sources.flatMap((source) => source.match(runtimeImport) ?? [])).toEqual([])
})

describe('the linter reports', () => {
  let folder: string
  let report: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 's3-direct-upload-layers-'))
    await plant(
      folder,
      violations.map(({ files }) => files),
    )
    const settings = { ...biome, $schema: undefined, vcs: { enabled: false } }
    await writeFile(join(folder, 'biome.json'), JSON.stringify(settings))
    await cp(repositoryPath('tsconfig.json'), join(folder, 'tsconfig.json'))
    const program = repositoryPath('node_modules/@biomejs/biome/bin/biome')
    const options = ['lint', '--reporter=github', '--max-diagnostics=none', '.']
    report = spawnSync(process.execPath, [program, ...options], { cwd: folder }).stdout.toString()
  })

  afterAll(async () => {
    await rm(folder, { recursive: true, force: true })
  })

  test.each(violations)('$what', ({ files, rule }) => {
    const reported = report
      .split('\n')
      .filter((line) => line.startsWith(`::error title=${rule},`))
      .filter((line) => Object.keys(files).some((file) => line.includes(`/${file},`)))

    expect(reported).not.toEqual([])
  })
})

async function plant(folder: string, trees: readonly Record<string, string>[]) {
  const targets = {
    'src/sigv4/sign.ts': 'export const sign = 1\n',
    'src/server/sign.ts': 'export const sign = 1\n',
  }
  for (const [file, source] of [targets, ...trees].flatMap((tree) => Object.entries(tree))) {
    const path = join(folder, file)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, source)
  }
}

function parseLayerTable(markdown: string): Layer[] {
  const rows = markdown.matchAll(/^\| `([a-z0-9]+)` \|[^|]*\|([^|]*)\|([^|]*)\|$/gm)
  return Array.from(rows, ([, name = '', imports = '', runsIn = '']) => ({
    name,
    mayImport: Array.from(imports.matchAll(/`([a-z0-9]+)`/g), ([, imported = '']) => imported),
    runsIn: runsIn.trim(),
  }))
}

function rulesOf(layer: string): LayerRules {
  const row = biome.overrides.find(({ includes }) => includes.includes(`src/${layer}/**`))
  return row?.linter.rules.style ?? {}
}

async function sourcesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  return Promise.all(files.map((file) => readFile(join(file.parentPath, file.name), 'utf8')))
}
