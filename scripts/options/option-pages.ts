import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { optionTable } from '../../src/react/options/option-table.js'
import { pluginOptionTable } from '../../src/uppy/plugin-option-table.js'
import { readOptionDocs } from './option-docs.js'
import { optionsTable } from './options-table.js'

/** What a table of options is made from: the repository, or a copy in which a test adds an option. */
export interface OptionSources {
  readonly root: string
  readonly uploader: object
  readonly plugin: object
}

/** The tables of this repository. */
export const optionSources = { uploader: optionTable, plugin: pluginOptionTable }

/** A page of the repository, and how it has to read. */
export interface OptionPage {
  readonly path: string
  readonly text: string
}

/** Writes the tables of options into the pages that have them, between two marks. */
export async function optionPages({
  root,
  uploader,
  plugin,
}: OptionSources): Promise<readonly OptionPage[]> {
  const props = optionsTable(Object.keys(uploader), await readOptionDocs(root, 'uploader'), {
    title: 'prop',
    links: 'absolute',
  })
  const options = optionsTable(Object.keys(plugin), await readOptionDocs(root, 'plugin'), {
    title: 'option',
    links: 'relative',
  })
  return [await pageWith(root, 'README.md', props), await pageWith(root, 'docs/uppy.md', options)]
}

const begin = '<!-- options: written by `npm run options` -->'
const end = '<!-- end of options -->'

async function pageWith(root: string, path: string, table: string): Promise<OptionPage> {
  const text = await readFile(join(root, path), 'utf8')
  const [before, rest] = text.split(begin)
  const [, after] = rest?.split(end) ?? []
  if (after === undefined) throw new Error(`${path} lacks the marks "${begin}" and "${end}".`)
  return { path, text: `${before}${begin}\n\n${table}\n\n${end}${after}` }
}
