'use client'

import { createContext, useContext } from 'react'
import { type Runtime, systemRuntime } from '../../async/runtime.js'

const RuntimeContext = createContext(systemRuntime)

/** Gives the components inside it another clock than the system's: tests and simulations bring their own. */
export const RuntimeProvider = RuntimeContext.Provider

/** The clocks, timers and chance of the components. */
export function useRuntime(): Runtime {
  return useContext(RuntimeContext)
}
