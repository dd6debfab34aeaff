import { readFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { describe, expect, test } from 'vitest'
import { darkTokens, type LookToken, lightTokens, tokensOf } from '../support/look-tokens.js'
import { repositoryPath } from '../support/repository-path.js'

interface Rule {
  readonly selector: string
  readonly body: string
}

const tools = ['lightningcss', 'esbuild'] as const
const sheetNames = ['styles.css', 'styles.unlayered.css']
const layered = await readSheet('styles.css')
const unlayered = await readSheet('styles.unlayered.css')

describe.each(sheetNames)('%s', (name) => {
  test('is at most 8 kB compressed', async () => {
    const bytes = gzipSync(await readFile(repositoryPath(`dist/${name}`)), { level: 9 }).length
    process.stdout.write(`${name}: ${(bytes / 1000).toFixed(1)} kB gzip\n`)

    expect(bytes).toBeGreaterThan(1000)
    expect(bytes).toBeLessThanOrEqual(8000)
  })

  test('has nothing that bundlers rewrite, or that a browser of its floor does not know', async () => {
    const sheet = await readSheet(name)

    expect(sheet).not.toMatch(/light-dark\(|color-mix\(|\bfrom var\(|@import|@property|@scope/)
    expect(sheet).not.toMatch(/\b(oklch|oklab|lch|lab|color)\(|\d(dvh|svh|lvh|cqi|cqw)\b/)
    // Individual transforms are of Chrome 104.
    expect(sheet).not.toMatch(/\s(rotate|scale|translate):/)
    expect(sheet).not.toMatch(/\{[^{}]*&/)
  })

  test('has the published colours, light, and dark in each of the rules that make it dark', async () => {
    const tokens = rulesOf(await readSheet(name))
      .map(({ selector, body }) => ({ selector, colours: coloursOf(body) }))
      .filter(({ colours }) => 'text' in colours)
    const [light, ...dark] = tokens

    expect(light?.selector).toBe(':where(.s3u)')
    expect(light?.colours).toEqual(lightTokens)
    expect(dark[0]?.selector).toBe(':where(.s3u[data-scheme="dark"])')
    expect(dark.map(({ colours }) => colours)).toEqual(Array(4).fill(darkTokens))
  })
})

test('both have the same rules, one of them in a layer', () => {
  const [opening = '', ...rest] = layered.split('{')

  expect(opening.trim()).toBe('@layer components.s3u')
  expect(
    rest
      .join('{')
      .replace(/\}\s*$/, '')
      .trim(),
  ).toBe(unlayered.trim())
  expect(unlayered).not.toContain('@layer')
})

test('the documentation has the published colours', async () => {
  const text = await readFile(repositoryPath('docs/theming.md'), 'utf8')
  const rows = text.split('\n').map((line) => line.split('|').map(valuesIn))
  const documented = rows.flatMap(([, names = [], light = [], dark = []]) =>
    names.map((name, index) => [name.replace('--s3u-', ''), light[index], dark[index]]),
  )
  const published = Object.entries(lightTokens).map(([name, light]) => [
    name,
    light.replace('#ffffff', '#fff'),
    // The keys of the table are its names.
    tokensOf.dark[name as LookToken],
  ])
  // Nothing is drawn in these yet.
  const used = published.filter(([name]) => !String(name).startsWith('warning'))

  expect(used.length).toBeGreaterThan(10)
  for (const row of used) expect(documented).toContainEqual(row)
})

test('every token that a rule uses has a value', () => {
  const used = new Set(Array.from(unlayered.matchAll(/var\((--s3u-[\w-]+)\)/g), ([, name]) => name))
  const defined = rulesOf(unlayered)[0]?.body ?? ''

  expect(used.size).toBeGreaterThan(20)
  expect([...used].filter((name) => !defined.includes(`${name}:`))).toEqual([])
})

describe.each([
  ['Chrome 80', ['chrome80']],
  ['Chrome 111 and Safari 16.4', ['chrome111', 'safari16.4']],
  ['the defaults of Vite', undefined],
] as const)('minified for %s', (_, targets) => {
  test.each(tools)('by %s, colours stay as they are', async (tool) => {
    const sheet = await minify(tool, targets && [...targets])
    const tokens = rulesOf(sheet)
      .map(({ body }) => coloursOf(body))
      .filter((colours) => 'text' in colours)

    expect(tokens[0]).toEqual(lightTokens)
    expect(tokens.length).toBeGreaterThan(1)
    expect(tokens.slice(1)).toEqual(Array(tokens.length - 1).fill(darkTokens))
  })

  // Browsers that do not know `:has()` drop the whole rule.
  test.each(tools)('by %s, `:has()` stays in rules of its own', async (tool) => {
    const rules = rulesOf(await minify(tool, targets && [...targets]))
    const withHas = rules.filter(({ selector }) => selector.includes(':has('))

    expect(withHas).toHaveLength(2)
    expect(withHas.filter(({ selector }) => topLevelCommas(selector) > 0)).toEqual([])
  })
})

async function readSheet(name: string): Promise<string> {
  const sheet = await readFile(repositoryPath(`dist/${name}`), 'utf8')
  return sheet.replace(/\/\*[\s\S]*?\*\//g, '')
}

/** What stands in backticks. */
function valuesIn(cell: string): string[] {
  return Array.from(cell.matchAll(/`([^`]+)`/g), ([, value = '']) => value)
}

/** The innermost rules, in their order. */
function rulesOf(sheet: string): Rule[] {
  return Array.from(sheet.matchAll(/([^{};]+)\{([^{}]*)\}/g), ([, selector = '', body = '']) => ({
    selector: selector.trim().replace(/\s+/g, ' '),
    body: body.trim(),
  }))
}

/** The custom properties that are colours, those of the table. */
function coloursOf(body: string): Record<string, string> {
  const found = Array.from(
    body.matchAll(/--s3u-([\w-]+):\s*(#[\da-f]+)/g),
    ([, name = '', value = '']) => [name, value === '#fff' ? '#ffffff' : value] as const,
  )
  return Object.fromEntries(found.filter(([name]) => name in lightTokens))
}

function topLevelCommas(selector: string): number {
  let depth = 0
  return [...selector].filter((character) => {
    if (character === '(') depth++
    if (character === ')') depth--
    return character === ',' && depth === 0
  }).length
}

async function minify(cssMinify: 'lightningcss' | 'esbuild', cssTarget?: string[]) {
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
          id === entry ? `import ${JSON.stringify(repositoryPath('dist/styles.css'))}` : undefined,
      },
    ],
    build: {
      write: false,
      cssMinify,
      ...(cssTarget && { cssTarget }),
      rolldownOptions: { input: 'entry' },
    },
  })
  // `write: false` without `watch` gives one output, never a watcher.
  const { output } = result as { output: { fileName: string; source?: unknown }[] }
  return String(output.find(({ fileName }) => fileName.endsWith('.css'))?.source)
}
