import type { UploadLock } from './upload-lock.js'

interface Holding {
  giveBack: () => void
  readonly onLost: () => void
  /** What the browser calls this page, as soon as that is known. */
  clientId: string | undefined
}

/**
 * A lock over all tabs of an origin.
 *
 * A page that comes back from the browser’s cache may have lost its locks, and is not told: it takes them again.
 *
 * @see https://www.w3.org/TR/web-locks/
 */
export class TabLock implements UploadLock {
  readonly #locks: LockManager
  readonly #held = new Map<string, Holding>()
  readonly #releases = new Map<string, Promise<void>>()

  constructor(locks: LockManager) {
    this.#locks = locks
  }

  async tryLock(uploadId: string, onLost = () => {}): Promise<(() => void) | undefined> {
    // A lock given back a moment ago may still be on its way to the browser's other process.
    await this.#releases.get(uploadId)
    const giveBack = await this.#request(uploadId)
    if (!giveBack) return undefined
    const holding: Holding = { giveBack, onLost, clientId: undefined }
    this.#keep(uploadId, holding)
    return () => {
      if (this.#held.get(uploadId) === holding) this.#forget(uploadId)
      holding.giveBack()
    }
  }

  async isLocked(uploadId: string): Promise<boolean> {
    return (await this.#ownerOf(uploadId)) !== undefined
  }

  /** Holds the lock until it is given back; undefined when another tab or file has it. */
  #request(uploadId: string): Promise<(() => void) | undefined> {
    return new Promise((resolve, reject) => {
      const options = { ifAvailable: true }
      const requested = this.#locks.request(nameOf(uploadId), options, (lock) => {
        if (!lock) return resolve(undefined)
        return new Promise<void>((end) => {
          resolve(() => {
            this.#releases.set(uploadId, released)
            end()
          })
        })
      })
      const released = requested.catch(reject).finally(() => {
        if (this.#releases.get(uploadId) === released) this.#releases.delete(uploadId)
      })
    })
  }

  #keep(uploadId: string, holding: Holding): void {
    if (this.#held.size === 0) globalThis.addEventListener('pageshow', this.#handleReturn)
    this.#held.set(uploadId, holding)
    this.#ownerOf(uploadId).then(
      (owner) => {
        holding.clientId = owner?.clientId
      },
      () => undefined,
    )
  }

  #forget(uploadId: string): void {
    this.#held.delete(uploadId)
    if (this.#held.size === 0) globalThis.removeEventListener('pageshow', this.#handleReturn)
  }

  readonly #handleReturn = ({ persisted }: PageTransitionEvent) => {
    if (!persisted) return
    for (const [uploadId, holding] of this.#held) {
      this.#takeAgain(uploadId, holding).catch(() => undefined)
    }
  }

  async #takeAgain(uploadId: string, holding: Holding): Promise<void> {
    const owner = await this.#ownerOf(uploadId)
    if (owner && (holding.clientId === undefined || owner.clientId === holding.clientId)) return
    const giveBack = owner ? undefined : await this.#request(uploadId)
    const isStillWanted = this.#held.get(uploadId) === holding
    if (giveBack && isStillWanted) holding.giveBack = giveBack
    else giveBack?.()
    if (giveBack || !isStillWanted) return
    this.#forget(uploadId)
    holding.onLost()
  }

  async #ownerOf(uploadId: string): Promise<LockInfo | undefined> {
    const { held = [] } = await this.#locks.query()
    return held.find(({ name }) => name === nameOf(uploadId))
  }
}

function nameOf(uploadId: string): string {
  return `s3-direct-upload:${uploadId}`
}
