/** So long a drive may take to open a file or to list a folder. */
const patienceMs = 10_000

/** What is on a drive that has not answered once is waited for no longer than this. */
const impatienceMs = 100

/** Settles as what the browser was asked for does; rejects when the drive does not answer. */
export type WithinPatience = <T>(asked: Promise<T>) => Promise<T>

/** Creates a patience that is lost with the first question that gets no answer. */
export function createReadingPatience(): WithinPatience {
  let isLost = false
  return async (asked) => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const late = new Promise<never>((_, reject) => {
      const giveUp = () => {
        isLost = true
        reject(new DOMException('The drive does not answer.', 'TimeoutError'))
      }
      timer = setTimeout(giveUp, isLost ? impatienceMs : patienceMs)
    })
    return await Promise.race([asked, late]).finally(() => clearTimeout(timer))
  }
}
