import { keyIn } from '../held-upload.js'
import type { ServerRun } from '../run-server-scenario.js'
import { answeredWith } from './call-entries.js'

/** What lies in the bucket must have been signed, with this size. */
export function storedObjects({ world }: ServerRun): string[] {
  const sizes = new Map<string, number>()
  for (const { request, response } of answeredWith(world.calls.calls, 'sign-uploads')) {
    for (const [index, entry] of response.files.entries()) {
      if ('error' in entry) continue
      sizes.set(entry.key, request.files[index]?.size ?? 0)
      if (keyIn(entry.token) !== entry.key) sizes.delete(entry.key)
    }
  }
  const problems: string[] = []
  for (const { key, size } of world.history.objects) {
    const signed = sizes.get(key)
    if (signed === undefined) problems.push(`UNSIGNED ${key} lies in the bucket`)
    else if (signed !== size) problems.push(`UNSIGNED ${key} has ${size} bytes, not ${signed}`)
  }
  return problems
}
