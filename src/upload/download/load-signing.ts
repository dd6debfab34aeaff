import { loadCode } from '../../async/load-code.js'
import type { Runtime } from '../../async/runtime.js'
import { codeNotLoaded } from '../errors/code-not-loaded.js'

/** Loads the code that signs downloads; what fails is tried twice more, offline too, since a user waits. */
export async function loadSigning<Module extends object>(
  load: () => Promise<Module>,
  system: Runtime,
): Promise<Module> {
  const runtime: Runtime = { ...system, isOnline: () => true }
  // Never aborted: the download starts even when the menu with its link has closed meanwhile.
  const { signal } = new AbortController()
  try {
    return await loadCode(load, { runtime, signal })
  } catch (cause) {
    throw codeNotLoaded('signs downloads', cause)
  }
}
