/** Makes an `onError` safe to call: when it throws or rejects, both errors are logged. */
export function createReporter(
  onError: (error: unknown) => unknown = logError,
): (error: unknown) => void {
  // `async` makes a rejection of a throw.
  const tell = async (error: unknown) => onError(error)
  return (error) => {
    tell(error).catch((failure: unknown) => {
      console.error('s3-direct-upload: onError failed:', failure, 'It was to hear of:', error)
    })
  }
}

/** Makes a reporter of something that stays as it is from request to request: it passes on the first report alone. */
export function reportOnce(report: (error: unknown) => void): (error: unknown) => void {
  let isReported = false
  return (error) => {
    if (!isReported) report(error)
    isReported = true
  }
}

/** Logs an error where the app wants to hear of none itself. */
export function logError(error: unknown): void {
  console.error('s3-direct-upload:', error)
}
