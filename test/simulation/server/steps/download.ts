import type { Caller } from '../caller.js'

/** Asks for what is complete, by its receipt and by its key. */
export async function download(caller: Caller): Promise<void> {
  for (const { receipt, signed } of caller.held.values()) {
    if (receipt === undefined) continue
    const disposition = 'attachment' as const
    const files = [
      { receipt, disposition },
      { key: signed.key, disposition },
    ]
    await caller.ask({ operation: 'sign-downloads', files })
  }
}
