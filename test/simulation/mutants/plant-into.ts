import { readFileSync } from 'node:fs'
import { replaceText } from '../replace-text.js'
import type { Mutant } from './mutant.js'

/** The source of a mutant's file with the bug in it; throws where the text to replace is not there any more. */
export function plantInto({ file, find, put }: Mutant): string {
  const source = readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8')
  return replaceText(source, find, put)
}
