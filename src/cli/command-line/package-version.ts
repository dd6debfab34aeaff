import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Returns the version of this package; its `package.json` is three folders up, in `src` as in `dist`. */
export function packageVersion(): string {
  const text = readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8')
  const { version } = JSON.parse(text) as { version: string } // npm publishes no package without one.
  return version
}
