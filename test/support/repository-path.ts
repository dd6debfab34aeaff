import { fileURLToPath } from 'node:url'

/** The absolute path of a file of this repository. */
export function repositoryPath(relative: string): string {
  return fileURLToPath(new URL(`../../${relative}`, import.meta.url))
}
