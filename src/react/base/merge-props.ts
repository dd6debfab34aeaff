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
    const cleanups = refs.map((ref) => setRef(ref, element))
    // React before 19 knows no cleanup, and there no ref returns one.
    if (cleanups.every((cleanup) => cleanup === undefined)) return
    return () => {
      for (const [index, cleanup] of cleanups.entries()) {
        if (cleanup) cleanup()
        else setRef(refs[index], null)
      }
    }
  }
}

function setRef<T>(ref: Ref<T> | undefined, element: T | null): (() => void) | undefined {
  if (typeof ref === 'function') {
    const cleanup: unknown = ref(element)
    // A short arrow function returns what it assigns.
    return typeof cleanup === 'function' ? () => void cleanup() : undefined
  }
  if (ref) ref.current = element
  return undefined
}
