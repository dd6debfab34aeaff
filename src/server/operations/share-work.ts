/** Returns what does work once for each name, however often it is asked for, and gives everybody the same result. */
export function shareWork<Result>(): (
  name: string,
  work: () => Promise<Result>,
) => Promise<Result> {
  const results = new Map<string, Promise<Result>>()
  return (name, work) => {
    const result = results.get(name) ?? work()
    results.set(name, result)
    return result
  }
}
