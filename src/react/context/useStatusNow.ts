'use client'

import { useEffect, useReducer } from 'react'
import { useRuntime } from '../base/RuntimeContext.js'
import { retryTimeOf } from '../text/upload-status-text.js'
import type { ItemView } from './item-view.js'
import { useRoot } from './UploaderContext.js'

/** The state of a file in words; while it waits to be tried again, with the seconds that are left. */
export function useStatusNow({ file, text }: ItemView): string {
  const { translate, format } = useRoot()
  const seconds = useSecondsUntil(retryTimeOf(file))
  return seconds > 0 ? translate('tryingAgainIn', { time: format.seconds(seconds) }) : text.status
}

/** Whole seconds until a time by the wall clock. The component renders again with each. */
function useSecondsUntil(time = 0): number {
  const { wallNow, setTimer } = useRuntime()
  const [renders, renderAgain] = useReducer((count: number) => count + 1, 0)
  // A timer may come too early to change the seconds: the next one is set all the same.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    const left = time - wallNow()
    return left > 0 ? setTimer(renderAgain, left % 1000 || 1000) : undefined
  }, [time, renders, wallNow, setTimer])
  return Math.max(Math.ceil((time - wallNow()) / 1000), 0)
}
