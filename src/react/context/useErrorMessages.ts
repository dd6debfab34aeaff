'use client'

import { useReducer } from 'react'
import { useLateCode } from '../base/useLateCode.js'
import type { ErrorMessages } from '../text/explain.js'
import { firstErrorMessages } from '../text/first-error-messages.js'

let messages: ErrorMessages = firstErrorMessages

/**
 * The English sentences for errors. Those of uploads come with the first file: there is no such error before.
 *
 * Without them it says that something went wrong.
 */
export function useErrorMessages(hasFiles: boolean): ErrorMessages {
  const [, renderAgain] = useReducer((count: number) => count + 1, 0)
  const isNeeded = hasFiles && messages === firstErrorMessages
  useLateCode(isNeeded, importMessages, ({ lateErrorMessages }) => {
    messages = { ...lateErrorMessages, ...firstErrorMessages }
    renderAgain()
    return undefined
  })
  return messages
}

const importMessages = () => import('../text/late-error-messages.js')
