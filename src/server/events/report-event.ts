import type { SigningEvent } from '../contract/events.js'

/** Makes an `onEvent` safe to call: when it throws or rejects, only `onError` hears of it. */
export function createEventReporter(
  onEvent: ((event: SigningEvent) => unknown) | undefined,
  onError: (error: unknown) => void,
): (event: SigningEvent) => void {
  // `async` makes a rejection of a throw.
  const tell = async (event: SigningEvent) => onEvent?.(event)
  return (event) => {
    tell(event).catch(onError)
  }
}
