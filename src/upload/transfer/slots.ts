/** A place among the transfers that may run at once; call it to give the place back. */
export type ReleaseSlot = () => void

/** A limit on transfers at once, given out in the order of asking. */
export interface Slots {
  /** Waits for a free slot; rejects with the signal's reason when aborted first. */
  acquire(signal: AbortSignal): Promise<ReleaseSlot>
}

/** Creates `count` slots. */
export function createSlots(count: number): Slots {
  const queue = new Set<() => void>()
  let free = count

  const release = () => {
    free += 1
    const [next] = queue
    next?.()
  }

  return {
    acquire: (signal) =>
      new Promise<ReleaseSlot>((resolve, reject) => {
        const take = () => {
          free -= 1
          leaveQueue()
          resolve(callableOnce(release))
        }
        const giveUp = () => {
          leaveQueue()
          reject(signal.reason)
        }
        const leaveQueue = () => {
          queue.delete(take)
          signal.removeEventListener('abort', giveUp)
        }

        if (signal.aborted) reject(signal.reason)
        else if (free > 0) take()
        else {
          queue.add(take)
          signal.addEventListener('abort', giveUp)
        }
      }),
  }
}

function callableOnce(action: () => void): () => void {
  let pending = true
  return () => {
    if (pending) action()
    pending = false
  }
}
