/** What an uploader says to users of screen readers. */
export interface SpokenText {
  /** What was said last. */
  latest: readonly string[]
  /** How often something was said. */
  count: number
  say(sentences: readonly string[]): void
  subscribe(listener: () => void): () => void
}

/** Creates a live region. What is said before it is rendered is one announcement: else only the last would be heard. */
export function createLiveRegion(): SpokenText {
  let tell = () => {}
  let gathered: readonly string[] = []
  const region: SpokenText = {
    latest: gathered,
    count: 0,
    say(sentences) {
      if (gathered.length === 0) {
        queueMicrotask(() => {
          region.latest = gathered
          region.count += 1
          gathered = []
          tell()
        })
      }
      gathered = [...gathered, ...sentences]
    },
    subscribe(listener) {
      tell = listener
      return () => {
        tell = () => {}
      }
    },
  }
  return region
}
