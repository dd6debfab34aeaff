import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { optionPages, optionSources } from './option-pages.js'

const root = fileURLToPath(new URL('../..', import.meta.url))

for (const { path, text } of await optionPages({ root, ...optionSources })) {
  await writeFile(`${root}${path}`, text)
}
