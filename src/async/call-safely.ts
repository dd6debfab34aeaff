/** Lets an error of the app's own code surface as uncaught, where it cannot stop an upload. */
export function reportUncaught(error: unknown): void {
  queueMicrotask(() => {
    throw error
  })
}

/** Calls code of the app; whatever it throws is its own affair. */
export function callSafely(callback: () => void): void {
  try {
    callback()
  } catch (error) {
    reportUncaught(error)
  }
}
