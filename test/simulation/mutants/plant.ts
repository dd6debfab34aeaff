import { registerHooks } from 'node:module'
import { replaceText } from '../replace-text.js'
import { handlerMutants } from './handler-mutants.js'
import { mutants } from './mutants.js'

/** Plants the bug that `SIMULATION_MUTANT` names, if it names one; give it to Node by `--import`. */
const name = process.env.SIMULATION_MUTANT ?? ''
const mutant = [...mutants, ...handlerMutants].find((each) => each.name === name)
if (name !== '' && !mutant) throw new Error(`There is no mutant “${name}”.`)

if (mutant) {
  const { file, find, put } = mutant
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context)
      if (!url.endsWith(`/${file}`)) return loaded
      return { ...loaded, source: replaceText(String(loaded.source), find, put) }
    },
  })
}
