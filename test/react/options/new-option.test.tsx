import { spawnSync } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readOptionDocs } from '../../../scripts/options/option-docs.js'
import { optionPages } from '../../../scripts/options/option-pages.js'
import { expectArrival, optionCases, type UploaderCode } from './option-cases.js'

const root = join(import.meta.dirname, '../../..')

// Nothing else is edited.
const option = "  /** Names the queue. @default 'main' */\n  readonly queue?: string | undefined\n"
const row = "  queue: { to: 'plugin', live: true },\n"

describe('an option that a copy of this repository has more, in its type and in the table,', () => {
  let copy = ''

  beforeAll(async () => {
    // In the repository, where its imports of packages lead somewhere.
    copy = await mkdtemp(join(root, '.new-option-'))
    for (const path of ['src', 'README.md', 'docs/uppy.md', 'package.json', 'tsconfig.json']) {
      await cp(join(root, path), join(copy, path), { recursive: true })
    }
    const settings = {
      extends: './tsconfig.json',
      include: [],
      files: ['src/react/S3Uploader.tsx'],
    }
    await writeFile(join(copy, 'tsconfig.uploader.json'), JSON.stringify(settings))
    await insertAfter(
      'src/uppy/plugin-options.ts',
      /export interface S3DirectUploadOptions.*\n/,
      option,
    )
  })

  afterAll(() => rm(copy, { recursive: true, force: true }))

  it('does not compile without its row', () => {
    expect(compile()).toMatch(/plugin-option-table\.ts.*'queue' is missing/s)
  }, 120_000)

  describe('with its row', () => {
    beforeAll(() => insertAfter('src/uppy/plugin-option-table.ts', /pluginOptionTable = .*\n/, row))

    it('compiles', () => {
      expect(compile()).toBe('')
    }, 120_000)

    it('is a prop that reaches the plugin, as its test shows', async () => {
      const code: UploaderCode = await import(join(copy, 'src/index.ts'))
      const { optionTable } = await import(join(copy, 'src/react/options/option-table.ts'))
      const cases = optionCases(optionTable, await readOptionDocs(copy, 'uploader'))
      const queue = cases.find(({ name }) => name === 'queue')

      expect(queue).toMatchObject({ row: { to: 'plugin' }, samples: ['/first', '/later'] })
      if (queue) await expectArrival(code, queue)
    })

    it('is in the docs', async () => {
      const { optionTable } = await import(join(copy, 'src/react/options/option-table.ts'))
      const { pluginOptionTable } = await import(join(copy, 'src/uppy/plugin-option-table.ts'))
      const tables = { uploader: optionTable, plugin: pluginOptionTable }

      for (const { text } of await optionPages({ root: copy, ...tables })) {
        expect(text).toContain("| `queue` | `string` | `'main'` | Names the queue. |")
      }
    })
  })

  async function insertAfter(path: string, line: RegExp, text: string): Promise<void> {
    const source = await readFile(join(copy, path), 'utf8')
    const changed = source.replace(line, (found) => found + text)
    expect(changed).not.toBe(source)
    await writeFile(join(copy, path), changed)
  }

  function compile(): string {
    const tsc = join(root, 'node_modules/typescript/bin/tsc')
    const options = ['--noEmit', '--project', 'tsconfig.uploader.json', '--pretty', 'false']
    return spawnSync(process.execPath, [tsc, ...options], { cwd: copy }).stdout.toString()
  }
})
