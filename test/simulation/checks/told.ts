import type { Run } from '../run/run-scenario.js'

/** Uppy has heard of what failed, and the app's server of what is complete. */
export function told({ world, user }: Run): string[] {
  return user.look().flatMap(({ name, status, key = '', failures }) => {
    if (status === 'complete' && !world.completedKeys.includes(key)) {
      return [`HOOK ${name} is complete, and onUploadComplete has not heard of it`]
    }
    const isSilent = status === 'failed' && failures === 0
    return isSilent ? [`TOLD ${name} is failed, and Uppy has not heard of it`] : []
  })
}
