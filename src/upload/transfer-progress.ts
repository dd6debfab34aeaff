import type { FileAtHand } from './file-at-hand.js'
import type { UploadServices } from './upload-services.js'

/** Writes into a file's record how its transfer goes. */
export class TransferProgress {
  readonly #file: FileAtHand
  readonly #services: UploadServices
  #sentBytes = 0

  constructor(file: FileAtHand, services: UploadServices) {
    this.#file = file
    this.#services = services
  }

  /** A request begins. Nobody hears of the tries of a browser that is offline, unless bytes move. */
  begin(arrivedBytes = 0): void {
    if (this.#services.policy.isOnline()) this.#setUploading(arrivedBytes)
  }

  /** Notes how many bytes have arrived or are on their way. */
  note(sentBytes: number): void {
    const { task } = this.#file
    const { store } = this.#services
    if (task.isCancelled) return
    const isMoving = sentBytes > this.#sentBytes
    this.#sentBytes = sentBytes
    if (isMoving && store.get(task.id)?.status === 'waiting') this.#setUploading()
    store.setProgress(task.id, sentBytes)
  }

  #setUploading(bytes?: number): void {
    this.#file.setState({ status: 'uploading' }, bytes)
  }
}
