import { abortable } from '../../async/abortable.js'
import type { Runtime } from '../../async/runtime.js'
import { kibibyte } from '../../s3/byte-units.js'
import { answerOf, type FileWatch } from './file-watch.js'
import { assertReadable } from './readable-file.js'

/** To ask a file for a byte takes about as long as to read so many. */
const maxBytesUnasked = 128 * kibibyte

/** A file that could not be read is tried again so often, if it can be read after a moment. */
const maxRereads = 3
const beforeRereadMs = 1000

/** What the reading of one file works with. */
interface PatientReadingOptions {
  readonly watch: FileWatch
  readonly runtime: Pick<Runtime, 'sleep'>
  /** Hears that the file does not answer, and that it does again. */
  readonly onSilence: (isSilent: boolean) => void
}

/** Reads one file as long as it takes, and holds up no other meanwhile. */
export class PatientReading {
  readonly #options: PatientReadingOptions
  #rereads = 0

  constructor(options: PatientReadingOptions) {
    this.#options = options
  }

  /** Waits until the file gives a byte, before it takes a slot from others; a small one only when some file is silent. */
  async begin(source: Blob, signal: AbortSignal): Promise<void> {
    const { watch } = this.#options
    if (!watch.isSuspicious && source.size <= maxBytesUnasked) return
    await abortable(this.follow(answerOf(source), source), signal)
  }

  /** Settles as `work` does, which reads the file. */
  follow<T>(work: Promise<T>, source: Blob): Promise<T> {
    const { watch, onSilence } = this.#options
    return watch.follow(work, { source, onSilence })
  }

  /**
   * Whether a file that could not be read can be, a moment later.
   *
   * A page that is being left may read nothing, and goes on when it comes back from the browser’s cache.
   */
  async canGoOn(source: Blob | undefined, signal: AbortSignal): Promise<boolean> {
    this.#rereads += 1
    if (!source || this.#rereads > maxRereads) return false
    await this.#options.runtime.sleep(beforeRereadMs, signal).catch(() => undefined)
    return await assertReadable(source).then(
      () => true,
      () => false,
    )
  }
}
