import type { Body, Meta, Uppy } from '@uppy/core'
import { storedFileOf } from '../../upload/store/stored-file-of.js'
import type { UploadStore } from '../../upload/store/upload-store.js'
import type { UploadEngine } from '../../upload/upload-engine.js'
import { putIntoUppy } from './put-into-uppy.js'
import { type RemovedBatch, takeOut } from './removed-batch.js'

/** What replacing works with. */
interface StandingOptions<M extends Meta, B extends Body> {
  readonly uppy: Uppy<M, B>
  readonly store: UploadStore
  readonly engine: Pick<UploadEngine, 'setAside' | 'takeBack' | 'discard'>
}

/**
 * Keeps the files in the bucket that others take the place of: they stay the value until one of those is complete, and come back
 * when none of them is left.
 */
export class Standing<M extends Meta, B extends Body> {
  readonly #options: StandingOptions<M, B>
  readonly #stop: () => void
  #held: Pick<RemovedBatch<M, B>, 'entries' | 'uppyFiles'> | undefined
  #isLooking = false

  constructor(options: StandingOptions<M, B>) {
    this.#options = options
    this.#stop = options.store.subscribe(() => this.#lookLater())
  }

  /** Makes room for a file: what is in the bucket leaves the list. */
  hold(): void {
    const { store, engine } = this.#options
    const ids = store.ids.filter((id) => storedFileOf(store.get(id)))
    if (ids.length === 0) return
    this.#drop()
    store.setStanding(ids.flatMap((id) => store.get(id) ?? []))
    this.#held = takeOut(ids, this.#options, (id) => engine.setAside(id))
  }

  /** Brings back what was held, and says whether there was any. */
  bringBack(): boolean {
    const { uppy, store, engine } = this.#options
    const held = this.#held
    if (!held) return false
    this.#held = undefined
    for (const { facts } of held.entries) engine.takeBack(facts)
    store.putBack(held.entries)
    store.setStanding([])
    putIntoUppy([...held.uppyFiles.values()], { uppy, order: store.ids })
    return true
  }

  destroy(): void {
    this.#stop()
  }

  /** In the task in which a file leaves, another may come in its place. */
  #lookLater(): void {
    if (!this.#held || this.#isLooking) return
    this.#isLooking = true
    queueMicrotask(() => {
      this.#isLooking = false
      this.#look()
    })
  }

  #look(): void {
    const { store } = this.#options
    if (store.ids.length === 0) this.bringBack()
    else if (store.ids.some((id) => storedFileOf(store.get(id)))) this.#drop()
  }

  /** Another file has taken its place. */
  #drop(): void {
    const { store, engine } = this.#options
    for (const { facts, state } of this.#held?.entries ?? []) {
      engine.discard(facts, { evenConfirmed: state.status === 'complete' })
    }
    this.#held = undefined
    store.setStanding([])
  }
}
