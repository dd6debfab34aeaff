import { registerHooks } from 'node:module'
import { replaceText } from './replace-text.js'

/**
 * Makes a mebibyte of the product a kibibyte, so that bytes cost nothing; give it to Node by `--import`.
 *
 * With `SIMULATION_SIZES=real` it leaves everything as it is.
 */
const replacements: Readonly<Record<string, readonly (readonly [from: string, to: string])[]>> = {
  'src/s3/byte-units.ts': [['kibibyte = 1024\n', 'kibibyte = 1\n']],
  'src/protocol/byte-size.ts': [
    ['kib: 2 ** 10', 'kib: 1'],
    ['mib: 2 ** 20', 'mib: 2 ** 10'],
    ['gib: 2 ** 30', 'gib: 2 ** 20'],
  ],
}

if (process.env.SIMULATION_SIZES !== 'real') {
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context)
      const path = Object.keys(replacements).find((suffix) => url.endsWith(`/${suffix}`))
      if (!path) return loaded
      return { ...loaded, source: replaceIn(String(loaded.source), path) }
    },
  })
}

function replaceIn(source: string, path: string): string {
  return (replacements[path] ?? []).reduce(
    (replaced, [from, to]) => replaceText(replaced, from, to),
    source,
  )
}
