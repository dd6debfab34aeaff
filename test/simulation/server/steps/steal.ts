import type { Caller } from '../caller.js'

/** Tries everything with what another owner holds. */
export async function steal(caller: Caller, victim: Caller | undefined): Promise<void> {
  if (!victim || victim.script.owner === caller.script.owner) return
  for (const { signed, receipt } of victim.held.values()) {
    const { token, key } = signed
    const disposition = 'attachment' as const
    const requests = [
      { operation: 'complete-uploads', uploads: [{ token }] },
      { operation: 'abort-uploads', tokens: [token] },
      { operation: 'list-parts', token },
      { operation: 'sign-parts', token, parts: [{ partNumber: 1 }] },
      { operation: 'sign-downloads', files: [{ key, disposition }] },
      ...(receipt === undefined
        ? []
        : [{ operation: 'sign-downloads', files: [{ receipt, disposition }] } as const]),
    ] as const
    for (const request of requests) await caller.ask(request, { isTheft: true })
  }
}
