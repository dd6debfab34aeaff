import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { repositoryPath } from '../support/repository-path.js'

interface Snippet {
  readonly fileName: string
  readonly source: string
}

// Inside node_modules, so that a snippet finds the packages it imports.
const folder = repositoryPath('node_modules/.cache/documentation-snippets')
const wrongSnippet: Snippet = {
  fileName: 'wrong-example.1.ts',
  source: "export const size: number = '5GB'\n",
}
const documents = await documentPaths()

describe('the code in', () => {
  let report = ''

  beforeAll(async () => {
    const snippets = await Promise.all(documents.map(snippetsOf))
    report = await compile([...snippets.flat(), wrongSnippet])
  })

  test.each(documents)('%s compiles', (document) => {
    expect(errorsOf(fileStem(document))).toEqual([])
  })

  test('a wrong example does not', () => {
    expect(errorsOf('wrong-example')).toHaveLength(1)
  })

  test('nothing else troubles the compiler', () => {
    const stems = [...documents.map(fileStem), 'wrong-example']
    const known = new Set(stems.flatMap(errorsOf))

    expect(errors().filter((line) => !known.has(line))).toEqual([])
  })

  const errors = () => report.split('\n').filter((line) => line.includes('error TS'))
  const errorsOf = (stem: string) => errors().filter((line) => line.includes(`${stem}.`))
})

async function documentPaths(): Promise<string[]> {
  const guides = existsSync(repositoryPath('docs'))
    ? await readdir(repositoryPath('docs'), { recursive: true })
    : []
  const found = ['README.md', 'CONTRIBUTING.md', ...guides.map((name) => `docs/${name}`)]
  return found
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.md') && existsSync(repositoryPath(path)))
}

/** Each fence is a module; empty lines before it keep the line numbers of the document. */
async function snippetsOf(document: string): Promise<Snippet[]> {
  const text = await readFile(repositoryPath(document), 'utf8')
  const fences = text.matchAll(/^```(tsx?)[^\S\n]*([^\n]*)\n(.*?)^```$/gms)
  return Array.from(fences)
    .filter(([, , flags = '']) => !flags.split(' ').includes('ignore'))
    .map((match) => {
      const [, language = '', , source = ''] = match
      const line = text.slice(0, match.index).split('\n').length
      const isModule = /^(import|export)\b/m.test(source)
      return {
        fileName: `${fileStem(document)}.${line}.${language}`,
        source: '\n'.repeat(line) + source + (isModule ? '' : '\nexport {}\n'),
      }
    })
}

async function compile(snippets: readonly Snippet[]): Promise<string> {
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  for (const { fileName, source } of snippets) await writeFile(join(folder, fileName), source)
  const settings = {
    extends: repositoryPath('tsconfig.json'),
    // A snippet shows how to get a value and need not use it.
    compilerOptions: { noUnusedLocals: false, noUnusedParameters: false },
    include: [],
    files: snippets.map(({ fileName }) => fileName),
  }
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(settings))
  const tsc = repositoryPath('node_modules/typescript/bin/tsc')
  return spawnSync(process.execPath, [tsc, '-p', folder, '--pretty', 'false']).stdout.toString()
}

function fileStem(document: string): string {
  return document.replaceAll('/', '--')
}
