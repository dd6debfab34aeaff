import type { Caller } from '../caller.js'

/** Asks which parts have arrived, and believes it. */
export async function list(
  caller: Caller,
  { patienceMs }: { readonly patienceMs?: number },
): Promise<void> {
  for (const { name } of caller.uploads) {
    const held = caller.held.get(name)
    if (held?.signed.method !== 'MULTIPART' || caller.ends.has(name)) continue
    const { token } = held.signed
    const { response } = await caller.ask({ operation: 'list-parts', token }, { patienceMs })
    if (response?.state !== 'open') continue
    held.sentParts.clear()
    for (const { partNumber } of response.parts) held.sentParts.add(partNumber)
  }
}
