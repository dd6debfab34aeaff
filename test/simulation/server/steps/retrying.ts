/** How long a caller waits before it asks again. */
export function retryPauseMs(tries: number): number {
  return 300 * 2 ** tries
}
