import { abortable } from '../../async/abortable.js'
import type { Runtime } from '../../async/runtime.js'
import { isEndpointError } from '../errors/upload-error.js'

/** Signs the person in again, or gets a new session, and resolves when requests may go out again. */
export type OnUnauthorized = () => void | Promise<void>

/** How a request waits for a session. */
interface SessionRenewalOptions {
  readonly onUnauthorized: OnUnauthorized | undefined
  readonly signal: AbortSignal
}

/** Renews the session after an answer which says, or suggests, that the user is not signed in. */
export interface SessionRenewal {
  /** Sends a request, and once more after `onUnauthorized`; all that were refused meanwhile share one call of it. */
  send<T>(request: () => Promise<T>, options: SessionRenewalOptions): Promise<T>
}

/** How long the user is not asked again after declining to sign in, or when that did not help. */
const declinedForMs = 2500
/** The same where something else than the endpoint answered before and after: no session may change that. */
const uselessForMs = 60_000

/** Creates what all requests of one page share. */
export function createSessionRenewal({ now }: Pick<Runtime, 'now'>): SessionRenewal {
  let renewals = 0
  let renewal: Promise<boolean> | undefined
  let declinedUntil = Number.NEGATIVE_INFINITY

  const decline = (forMs = declinedForMs) => {
    declinedUntil = now() + forMs
  }

  const renew = (onUnauthorized: OnUnauthorized): Promise<boolean> => {
    renewal ??= succeeds(onUnauthorized).then((isRenewed) => {
      renewal = undefined
      if (isRenewed) renewals += 1
      else decline()
      return isRenewed
    })
    return renewal
  }

  return {
    async send(request, { onUnauthorized, signal }) {
      // Whatever would be refused now waits for the new session.
      if (renewal !== undefined) await abortable(renewal, signal)
      const before = renewals
      try {
        return await request()
      } catch (error) {
        if (!isUnauthorized(error) || !onUnauthorized || now() < declinedUntil) throw error
        // This request predates the renewal. Send it again.
        const isRenewed = renewals > before || (await abortable(renew(onUnauthorized), signal))
        if (!isRenewed) throw error
      }
      try {
        const answer = await request()
        declinedUntil = Number.NEGATIVE_INFINITY
        return answer
      } catch (error) {
        if (isUnauthorized(error)) decline(isRefusal(error) ? declinedForMs : uselessForMs)
        throw error
      }
    },
  }
}

function isUnauthorized(error: unknown): boolean {
  return isEndpointError(error) && error.isSignInNeeded
}

function isRefusal(error: unknown): boolean {
  return isEndpointError(error) && error.isRefusal
}

async function succeeds(onUnauthorized: OnUnauthorized): Promise<boolean> {
  try {
    await onUnauthorized()
    return true
  } catch {
    return false
  }
}
