import type { MultipartState } from '../multipart/multipart-state.js'

/** Counts the breaks of the line that have taken a part one after the other, while no other part arrived. */
export class BreaksInVain {
  readonly #upload: Pick<MultipartState, 'arrivedBytes'>
  #arrivedBytes: number
  #count = 0

  constructor(upload: Pick<MultipartState, 'arrivedBytes'>) {
    this.#upload = upload
    this.#arrivedBytes = upload.arrivedBytes
  }

  /** Notes one more, and returns how many there were. */
  note(): number {
    const { arrivedBytes } = this.#upload
    this.#count = arrivedBytes === this.#arrivedBytes ? this.#count + 1 : 1
    this.#arrivedBytes = arrivedBytes
    return this.#count
  }
}
