/**
 * Resolves in a task of its own, so that the page can draw and hear its user before the next piece of work.
 *
 * A timer would come later: browsers make it wait.
 */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(undefined)
  })
}
