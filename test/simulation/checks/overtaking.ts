import type { Run } from '../run/run-scenario.js'

/** A page asks for no abort while the server may be putting the same upload together for it. */
export function overtakesNothing({ world: { questions } }: Run): string[] {
  const aborts = questions.all.filter(({ operation }) => operation === 'abort-uploads')
  const isOvertaking = aborts.some((abort) =>
    questions.all.some(
      ({ operation, tab, tokens, beganMs, endMs = Number.POSITIVE_INFINITY }) =>
        operation === 'complete-uploads' &&
        tab === abort.tab &&
        beganMs <= abort.beganMs &&
        endMs > abort.beganMs &&
        tokens.some((token) => abort.tokens.includes(token)),
    ),
  )
  return isOvertaking ? ['OVERTAKEN an upload is aborted while it is put together'] : []
}
