import type { Credentials } from '../../../src/sigv4/credentials.js'
import { startMs } from '../clock/virtual-runtime.js'

const lasting: Credentials = { accessKeyId: 'AKIASIMULATION', secretAccessKey: 'a lasting secret' }

/** Temporary ones overlap by so much. */
const overlapMs = 5 * 60_000
const mostGenerations = 400

/** Credentials of a server: lasting, or replaced every so many seconds. */
export class CredentialSeries {
  readonly #periodMs: number | undefined

  constructor(periodSeconds: number | undefined) {
    this.#periodMs = periodSeconds === undefined ? undefined : periodSeconds * 1000
  }

  at(nowMs: number): Credentials {
    if (this.#periodMs === undefined) return lasting
    return this.#generation(Math.floor(nowMs / this.#periodMs), this.#periodMs)
  }

  /** All that S3 knows. */
  all(): readonly Credentials[] {
    const periodMs = this.#periodMs
    if (periodMs === undefined) return [lasting]
    return Array.from({ length: mostGenerations }, (_, index) => this.#generation(index, periodMs))
  }

  #generation(index: number, periodMs: number): Credentials {
    return {
      accessKeyId: `ASIA${index}`,
      secretAccessKey: `secret ${index}`,
      sessionToken: `token ${index}`,
      expiration: new Date(startMs + (index + 1) * periodMs + overlapMs),
    }
  }
}
