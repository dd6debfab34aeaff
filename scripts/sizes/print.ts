import { fileURLToPath } from 'node:url'
import { firstLoadOf } from './first-load.js'
import { subjects } from './subjects.js'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Modules below this share of a bundle are summed up. */
const minBytes = 300

for (const { name, limit, code } of subjects) {
  const { firstBytes, laterBytes, modules } = await firstLoadOf(code, root)
  const kilobytes = (bytes: number) => (bytes / 1000).toFixed(1)
  process.stdout.write(
    `\n${name}: ${kilobytes(firstBytes)} kB (limit ${limit}), ${kilobytes(laterBytes)} kB later\n`,
  )
  for (const [module, bytes] of modules.filter(([, size]) => size >= minBytes)) {
    process.stdout.write(`${String(bytes).padStart(7)}  ${module}\n`)
  }
  const small = modules.filter(([, size]) => size < minBytes)
  const rest = small.reduce((sum, [, bytes]) => sum + bytes, 0)
  process.stdout.write(`${String(rest).padStart(7)}  ${small.length} smaller modules\n`)
}
