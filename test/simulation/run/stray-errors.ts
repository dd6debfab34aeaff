let forget = () => {}

/** Collects the errors that nobody has caught. */
export function catchStrays(): { end(): string[] } {
  // Those of a run that broke.
  forget()
  const strays: string[] = []
  const note = (reason: unknown) => {
    const text = reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)
    strays.push(`UNCAUGHT ${text.split('\n').slice(0, 3).join(' | ')}`)
  }
  process.on('unhandledRejection', note)
  process.on('uncaughtException', note)
  forget = () => {
    process.off('unhandledRejection', note)
    process.off('uncaughtException', note)
  }
  return {
    end() {
      forget()
      return strays
    },
  }
}
