const events = new EventTarget()

/** Gives Node the events that a page's window has; the engine waits for `online` among them. */
export function installWindowEvents(): void {
  if ('addEventListener' in globalThis) return
  Object.assign(globalThis, {
    addEventListener: events.addEventListener.bind(events),
    removeEventListener: events.removeEventListener.bind(events),
    dispatchEvent: events.dispatchEvent.bind(events),
  })
}
