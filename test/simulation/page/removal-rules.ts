import { storedFileOf } from '../../../src/upload/store/stored-file-of.js'
import type { ReadableUploadStore } from '../../../src/upload/store/upload-store.js'
import type { World } from '../world/world.js'

/** Of which page. */
interface RulesOptions {
  /** Name of its process. */
  readonly tab: string
  readonly uploads: ReadableUploadStore
}

/** Watches what must hold of files that are removed or replaced in a page. */
export class RemovalRules {
  readonly #world: World
  readonly #options: RulesOptions
  #hadValue = false

  constructor(world: World, options: RulesOptions) {
    this.#world = world
    this.#options = options
    const { tab, uploads } = options
    uploads.subscribe(() => this.#look())
    world.sends.watch((send) => {
      if (send.tab === tab) this.#requireListed(send.operation, [send.file ?? ''])
    })
    world.questions.watch((question) => {
      const { operation, files } = question
      // What was on its way is sent again as it was, when its answer is lost or the session has to be renewed.
      const isRepeated = this.#wasAsked(operation, files) || this.#mayHaveWaited(operation)
      if (question.tab === tab && !isRepeated) this.#requireListed(operation, files)
    })
  }

  /** The user takes out a file that may be the value, or all. */
  noteRemoval(id?: string): void {
    const { uploads } = this.#options
    if (id === undefined || storedFileOf(uploads.get(id))) this.#hadValue = false
  }

  /** What is in the bucket stays the value until another file is, or until the user removes it. */
  #look(): void {
    const { tab, uploads } = this.#options
    const hasValue = uploads.value.length > 0
    if (this.#hadValue && !hasValue) {
      this.#world.problems.push(`STANDING ${tab} has lost its value, and nothing took its place`)
    }
    this.#hadValue = hasValue
  }

  /** A request that waits until the session is renewed is sent then, whatever has become of its files. */
  #mayHaveWaited(operation: string): boolean {
    const { events } = this.#world.scenario
    return operation === 'complete-uploads' && events.some(({ kind }) => kind === 'sign-out')
  }

  #wasAsked(operation: string, files: readonly string[]): boolean {
    const { tab } = this.#options
    const asked = this.#world.questions.all.slice(0, -1).filter((each) => each.tab === tab)
    return files.every((name) =>
      asked.some((each) => each.operation === operation && each.files.includes(name)),
    )
  }

  /** Of a file that is not listed any more, nothing is sent, and nothing asked but to abort it. */
  #requireListed(operation: string, names: readonly string[]): void {
    if (operation === 'abort-uploads') return
    const { uploads } = this.#options
    const listed = new Set(uploads.ids.map((id) => uploads.get(id)?.name))
    for (const name of names.filter((each) => each !== '' && !listed.has(each))) {
      this.#world.problems.push(`ASIDE ${operation} for ${name}, which was removed`)
    }
  }
}
