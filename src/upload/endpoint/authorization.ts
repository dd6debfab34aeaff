import { isEndpointError } from '../upload-error.js'

/** Signs the person in again, or gets a new session, and resolves when requests may go out again. */
export type OnUnauthorized = () => void | Promise<void>

/** Lets requests through again after the server has answered that nobody is signed in. */
export interface Authorization {
  /** Sends a request, and once more after `onUnauthorized`; all that were refused meanwhile share one call of it. */
  send<T>(request: () => Promise<T>, onUnauthorized: OnUnauthorized | undefined): Promise<T>
}

/** Creates what all requests of one page share. */
export function createAuthorization(): Authorization {
  let renewals = 0
  let renewal: Promise<void> | undefined

  const renew = (onUnauthorized: OnUnauthorized) => {
    renewal ??= Promise.resolve()
      .then(onUnauthorized)
      .then(() => {
        renewals += 1
      })
      .finally(() => {
        renewal = undefined
      })
    return renewal
  }

  return {
    async send(request, onUnauthorized) {
      // Whatever would be refused now waits for the new session.
      await renewal?.catch(() => undefined)
      const before = renewals
      try {
        return await request()
      } catch (error) {
        if (!isUnauthorized(error) || !onUnauthorized) throw error
        // Sent before the session was renewed and refused after: it is no news.
        const isRenewed = renewals > before || (await succeeds(renew(onUnauthorized)))
        if (!isRenewed) throw error
        return await request()
      }
    },
  }
}

function isUnauthorized(error: unknown): boolean {
  return isEndpointError(error) && error.status === 401
}

async function succeeds(renewal: Promise<void>): Promise<boolean> {
  try {
    await renewal
    return true
  } catch {
    return false
  }
}
