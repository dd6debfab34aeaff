/** Watches the main thread from now on. */
export function watchLongTasks(): { longest(): Promise<number> } {
  let longestMs = 0
  const note = (entries: PerformanceEntryList) => {
    for (const { duration } of entries) longestMs = Math.max(longestMs, duration)
  }
  const observer = new PerformanceObserver((list) => note(list.getEntries()))
  observer.observe({ type: 'longtask' })
  return {
    /** The longest task in milliseconds, 0 where none took more than 50; ends the watch. */
    async longest() {
      // The task that is just running is reported after it has ended.
      await new Promise((resolve) => setTimeout(resolve, 100))
      note(observer.takeRecords())
      observer.disconnect()
      return longestMs
    },
  }
}
