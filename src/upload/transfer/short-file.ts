const maxBytes = 64 * 2 ** 10

/** Whether a file is sent at once: on the way to its last byte there is nothing to report, and nothing to pause. */
export function isShort(size: number): boolean {
  return size <= maxBytes
}
