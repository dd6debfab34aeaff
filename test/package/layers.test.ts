import { spawnSync } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  parseArchitecturePage,
  readArchitecturePage,
} from '../../scripts/layers/architecture-page.js'
import { layerRules } from '../../scripts/layers/layer-rules.js'
import { repositoryPath } from '../support/repository-path.js'
import { violations } from './planted-violations.js'

const page = await readArchitecturePage()
const layerNames = page.layers.map(({ name }) => name)
const settings = JSON.parse(await readFile(repositoryPath('biome.json'), 'utf8'))

test('the linter has the rules of the layer table: else run `npm run layers`', async () => {
  const written = JSON.parse(await readFile(repositoryPath('biome.layers.json'), 'utf8'))

  expect(written).toEqual(layerRules(page))
  expect(settings.extends).toEqual(['./biome.layers.json'])
})

describe('the layer table', () => {
  test('has a row for each folder of src', async () => {
    const entries = await readdir(repositoryPath('src'), { withFileTypes: true })
    const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)

    expect(layerNames.toSorted()).toEqual(folders.toSorted())
  })

  test('has no cycle', () => {
    const open = new Map(page.layers.map((layer) => [layer.name, layer.mayImport]))
    let removed: boolean
    do {
      removed = false
      for (const [name, imports] of open) {
        if (imports.every((imported) => !open.has(imported))) removed = open.delete(name)
      }
    } while (removed)

    expect([...open.keys()]).toEqual([])
  })
})

describe('the rules made from a table', () => {
  const table = parseArchitecturePage(`
## Layers
| layer | owns | may import (ours) | runs in | time and chance from |
|---|---|---|---|---|
| \`lower\` | bytes | – | anywhere | its caller |
| \`upper\` | the page | \`lower\` | browser | \`Runtime\` |
| \`server\` | signing | \`lower\` | anywhere | \`Runtime\` |
`)
  const { overrides, plugins } = layerRules(table)
  const rulesOf = (folder: string) =>
    overrides.find(({ includes }) => includes.includes(`src/${folder}/**`))?.linter.rules

  test('deny each layer that a row does not name', () => {
    const denied = (layer: string) => JSON.stringify(rulesOf(layer)?.style?.noRestrictedImports)

    expect(denied('lower')).toContain('["**/upper/**","**/server/**"]')
    expect(denied('upper')).toContain('["**/server/**"]')
  })

  test('deny globals of Node in a browser, and those of both elsewhere', () => {
    const denied = (layer: string) => JSON.stringify(rulesOf(layer)?.style?.noRestrictedGlobals)

    expect(denied('upper')).toContain('"process"')
    expect(denied('upper')).not.toContain('"window"')
    expect(denied('lower')).toContain('"window"')
  })

  test('deny the clock where a row names Runtime, in folders of Node too', () => {
    const denied = (folder: string) =>
      JSON.stringify(rulesOf(folder)?.style?.noRestrictedGlobals).includes('"setTimeout"')

    expect(['lower', 'upper', 'server', 'server/node'].filter(denied)).toEqual([
      'upper',
      'server',
      'server/node',
    ])
    expect(plugins[0]?.includes).toEqual(['**/src/upper/**', '**/src/server/**'])
  })
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
    const planted = { ...settings, $schema: undefined, vcs: { enabled: false } }
    await writeFile(join(folder, 'biome.json'), JSON.stringify(planted))
    const others = ['biome.layers.json', 'scripts/layers/clock.grit', 'tsconfig.json']
    await Promise.all(others.map((file) => cp(repositoryPath(file), join(folder, file))))
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
