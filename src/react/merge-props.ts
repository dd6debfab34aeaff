import type { Ref, RefCallback } from 'react'

/** Joins element props: handlers of one event both run, the given one first, refs are both set; else ours stand. */
export function mergeProps<Given extends object, Ours extends object>(
  given: Given,
  ours: Ours,
): Given & Ours {
  const joined = Object.entries(ours).flatMap(([name, value]): [string, unknown][] => {
    const theirs = (given as Record<string, unknown>)[name]
    if (theirs === undefined || theirs === null) return []
    // React itself gives props of these names these types.
    if (name === 'ref') return [[name, joinRefs(theirs as Ref<unknown>, value as Ref<unknown>)]]
    if (/^on[A-Z]/.test(name)) return [[name, joinHandlers(theirs as Handler, value as Handler)]]
    if (name === 'style') return [[name, { ...(theirs as object), ...value }]]
    return []
  })
  return { ...given, ...ours, ...Object.fromEntries(joined) }
}

type Handler = (event: unknown) => void

function joinHandlers(first: Handler, second: Handler): Handler {
  return (event) => {
    first(event)
    second(event)
  }
}

/** One ref that sets several. */
export function joinRefs<T>(...refs: Ref<T>[]): RefCallback<T> {
  return (element) => {
    for (const ref of refs) {
      if (typeof ref === 'function') ref(element)
      else if (ref) ref.current = element
    }
  }
}
