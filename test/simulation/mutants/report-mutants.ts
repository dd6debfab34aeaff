import type { Mutant } from './mutant.js'

/** Bugs of what the page and the app hear. */
export const reportMutants: readonly Mutant[] = [
  {
    name: 'progress-falls',
    rule: 'Progress never falls back, while an attempt that starts over catches up.',
    file: 'src/upload/store/upload-store.ts',
    find: 'Math.min(Math.max(bytesUploaded, entry.bytesUploaded), entry.facts.size)',
    put: 'Math.min(bytesUploaded, entry.facts.size)',
  },
  {
    name: 'success-is-told-twice',
    rule: 'Uppy hears of a complete file once.',
    file: 'src/uppy/uppy-report.ts',
    find: "this.#uppy.emit('upload-success', file,",
    put: `this.#uppy.emit('upload-success', file, { status: 200, body })
      this.#uppy.emit('upload-success', file,`,
  },
  {
    name: 'failure-is-not-told',
    rule: 'Uppy hears of a failed file.',
    file: 'src/uppy/uppy-report.ts',
    find: "this.#uppy.emit('upload-error', file, error)",
    put: 'void error',
  },
  {
    name: 'app-hears-nothing',
    rule: 'The app’s onUploadComplete hears of every file that is called complete.',
    file: 'src/server/operations/complete-uploads.ts',
    find: 'await config.onUploadComplete?.(upload, caller)',
    put: 'await (caller ? undefined : config)',
  },
]
