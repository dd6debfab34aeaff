import { createHash } from 'node:crypto'
import { mebibyte } from '../../../src/s3/byte-units.js'
import type { Digest } from '../../../src/upload/checksum/sha256-base64.js'
import type { Clock } from '../clock/clock.js'
import type { SimulatedBlob } from './blob.js'

const mebibytesPerMs = 0.2

/** Computes SHA-256 as a page does: it takes a while. */
export class Hashing {
  /** Names of the files that are read for it, once for each time. */
  readonly files: string[] = []
  readonly #clock: Clock
  readonly #see: (what: string) => void

  constructor(clock: Clock, see: (what: string) => void) {
    this.#clock = clock
    this.#see = see
  }

  readonly digest: Digest = async (given) => {
    const blob = given as unknown as SimulatedBlob
    const { name } = blob.range ?? {}
    if (name === undefined) return sha256Of(blob)
    this.files.push(name)
    this.#see('page:hash')
    const delayMs = blob.size / mebibyte / mebibytesPerMs
    await new Promise<void>((resolve) => this.#clock.at(delayMs, resolve))
    this.files.splice(this.files.indexOf(name), 1)
    return sha256Of(blob)
  }
}

function sha256Of(blob: SimulatedBlob): string {
  return createHash('sha256').update(blob.readNow()).digest('base64')
}
