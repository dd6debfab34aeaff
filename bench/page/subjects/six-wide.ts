/** Runs tasks in their order, six at a time: as many as a browser has connections to a host. */
export async function runSixWide(tasks: readonly (() => Promise<void>)[]): Promise<void> {
  const queue = tasks.values()
  const work = async () => {
    for (const task of queue) await task()
  }
  await Promise.all(Array.from({ length: 6 }, work))
}
