import { isOffline } from '../store/upload-record.js'
import type { Attempt } from './attempt.js'
import type { EngineServices } from './engine-services.js'

/** For this long after a connection is lost, the browser reports bytes that had left before. */
const stragglersMs = 1000

/** Writes into a file's record how its transfer goes. */
export class TransferProgress {
  readonly #attempt: Attempt
  readonly #services: EngineServices
  #sentBytes = 0
  #hasBegunOnline = false
  /** When the first bytes moved after the connection was lost. */
  #stragglingSince: number | undefined

  constructor(attempt: Attempt, services: EngineServices) {
    this.#attempt = attempt
    this.#services = services
  }

  /** A request starts. What a browser tries while it is offline is not shown, unless bytes move. */
  begin(arrivedBytes = 0): void {
    this.#hasBegunOnline = this.#services.runtime.isOnline()
    if (this.#hasBegunOnline) this.#setUploading(arrivedBytes)
  }

  /** Notes how many bytes have arrived or are on their way. */
  note(sentBytes: number): void {
    const { report } = this.#attempt
    const record = this.#services.store.get(this.#attempt.record.id)
    const isMoving = sentBytes > this.#sentBytes
    this.#sentBytes = sentBytes
    if (isMoving && record?.status === 'waiting') {
      if (!isOffline(record) || this.#isConnected()) this.#setUploading()
    }
    report.progress(sentBytes)
  }

  /** Whether bytes move that had not left before the connection was lost: then the browser errs about it. */
  #isConnected(): boolean {
    if (!this.#hasBegunOnline) return true
    const now = this.#services.runtime.now()
    this.#stragglingSince ??= now
    return now - this.#stragglingSince >= stragglersMs
  }

  #setUploading(bytes?: number): void {
    this.#stragglingSince = undefined
    this.#attempt.report.state({ status: 'uploading' }, bytes)
  }
}
