import type { Mutant } from './mutant.js'

/** Bugs of what is removed, comes back, or gives way to another file. */
export const removalMutants: readonly Mutant[] = [
  {
    name: 'undone-upload-is-aborted',
    rule: 'Of a file that has come back nothing is given up.',
    file: 'src/uppy/removal/removals.ts',
    find: 'if (!isGivenUp) engine.takeBack(entry.facts)',
    put: `if (!isGivenUp) engine.takeBack(entry.facts)
    engine.discard(entry.facts, { evenConfirmed: true })`,
  },
  {
    name: 'given-up-upload-goes-on',
    rule: 'A file that comes back after its upload was given up is another upload.',
    file: 'src/uppy/removal/removals.ts',
    find: 'newUploadId: isGivenUp ? createUploadId(runtime) : undefined',
    put: "newUploadId: isGivenUp && id === '' ? createUploadId(runtime) : undefined",
  },
  {
    name: 'removed-upload-is-kept',
    rule: 'A removed file is given up after 10 s.',
    file: 'src/uppy/removal/removals.ts',
    find: 'const giveUp = () => this.#giveUp()',
    put: 'const giveUp = () => {}',
  },
  {
    name: 'replaced-file-is-no-value',
    rule: 'A file that is replaced stays the value until the new one is complete.',
    file: 'src/uppy/removal/standing.ts',
    find: 'store.setStanding(ids.flatMap((id) => store.get(id) ?? []))',
    put: 'store.setStanding([])',
  },
]
