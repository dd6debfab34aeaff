import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { errorPage, errorPagePath } from './error-page.js'

const root = fileURLToPath(new URL('../..', import.meta.url))

await writeFile(`${root}${errorPagePath}`, await errorPage(root))
