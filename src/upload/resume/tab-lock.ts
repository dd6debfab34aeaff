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
export function createTabLock(locks: LockManager): UploadLock {
  const held = new Map<string, Holding>()
  const releases = new Map<string, Promise<void>>()
  const nameOf = (uploadId: string) => `s3-direct-upload:${uploadId}`

  const ownerOf = async (uploadId: string) => {
    const { held: all = [] } = await locks.query()
    return all.find(({ name }) => name === nameOf(uploadId))
  }

  /** Holds the lock until it is given back; undefined when somebody else has it. */
  const request = (uploadId: string) =>
    new Promise<(() => void) | undefined>((resolve, reject) => {
      const requested = locks.request(nameOf(uploadId), { ifAvailable: true }, (lock) => {
        if (!lock) return resolve(undefined)
        return new Promise<void>((end) => {
          resolve(() => {
            releases.set(uploadId, released)
            end()
          })
        })
      })
      const released = requested.catch(reject).finally(() => {
        if (releases.get(uploadId) === released) releases.delete(uploadId)
      })
    })

  const takeAgain = async (uploadId: string, holding: Holding) => {
    const owner = await ownerOf(uploadId)
    if (owner && (holding.clientId === undefined || owner.clientId === holding.clientId)) return
    const giveBack = owner ? undefined : await request(uploadId)
    const isStillWanted = held.get(uploadId) === holding
    if (giveBack && isStillWanted) holding.giveBack = giveBack
    else giveBack?.()
    if (giveBack || !isStillWanted) return
    forget(uploadId)
    holding.onLost()
  }

  const handleReturn = ({ persisted }: PageTransitionEvent) => {
    if (!persisted) return
    for (const [uploadId, holding] of held) {
      takeAgain(uploadId, holding).catch(() => undefined)
    }
  }

  const forget = (uploadId: string) => {
    held.delete(uploadId)
    if (held.size === 0) globalThis.removeEventListener('pageshow', handleReturn)
  }

  return {
    async tryLock(uploadId, onLost = () => {}) {
      // A lock given back a moment ago may still be on its way to the browser's other process.
      await releases.get(uploadId)
      const giveBack = await request(uploadId)
      if (!giveBack) return undefined
      const holding: Holding = { giveBack, onLost, clientId: undefined }
      if (held.size === 0) globalThis.addEventListener('pageshow', handleReturn)
      held.set(uploadId, holding)
      ownerOf(uploadId).then(
        (owner) => {
          holding.clientId = owner?.clientId
        },
        () => undefined,
      )
      return () => {
        if (held.get(uploadId) === holding) forget(uploadId)
        holding.giveBack()
      }
    },
    isLocked: async (uploadId) => (await ownerOf(uploadId)) !== undefined,
  }
}
