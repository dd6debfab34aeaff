import { UploadError } from './upload-error.js'

/**
 * Why this browser cannot upload at all; undefined where it can.
 *
 * Checks the newest functions without which nothing works, but none that only plain http lacks.
 */
export function unsupportedBrowser(): UploadError | undefined {
  const hasAll =
    'hasOwn' in Object &&
    'at' in Array.prototype &&
    'throwIfAborted' in (globalThis.AbortSignal?.prototype ?? {})
  if (hasAll) return undefined
  return new UploadError(
    'This browser is too old to upload files. Update it, or use another browser.',
    { code: 'browser-too-old', retryable: false },
  )
}
