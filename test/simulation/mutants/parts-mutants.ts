import type { Mutant } from './mutant.js'

/** Bugs of files that go in parts. */
export const partsMutants: readonly Mutant[] = [
  {
    name: 'part-starts-early',
    rule: 'The parts of a file are all of its bytes, each once.',
    file: 'src/s3/part-plan.ts',
    find: 'const start = (partNumber - 1) * file.partSizeBytes',
    put: 'const start = Math.max(0, (partNumber - 1) * file.partSizeBytes - 1)',
  },
  {
    name: 'mixture-is-complete',
    rule: 'A file that has changed while it was sent is no mixture, also where a browser reads it.',
    file: 'src/upload/sending/send-parts.ts',
    find: 'await requireUnchanged(upload, attempt, services)',
    put: '',
  },
  {
    name: 'gone-upload-gets-parts',
    rule: 'When S3 no longer has the multipart upload, its other parts stop.',
    file: 'src/upload/sending/parts-transfer.ts',
    find: 'if (isOutOfStep(error)) throw error',
    put: '',
  },
  {
    name: 'gone-upload-is-final',
    rule: 'For a multipart upload that is gone, a new one is begun.',
    file: 'src/upload/sending/file-sender.ts',
    find: "if (outcome === 'gone') multiparts.end(attempt.record)",
    put: "if (outcome === 'gone') throw new Error('gone')",
  },
  {
    name: 'small-listed-part-counts',
    rule: 'A part that S3 lists in another size than planned is sent again.',
    file: 'src/upload/multipart/multipart-state.ts',
    find: 'partNumber <= partCount && size === partSize(this.#plan, partNumber)',
    put: 'partNumber <= partCount && size <= partSize(this.#plan, partNumber)',
  },
  {
    name: 'large-parts-stay-large',
    rule: 'An upload of which nothing gets through a breaking line goes on in smaller parts.',
    file: 'src/upload/sending/parts-transfer.ts',
    find: 'return mayShrink && isLarge && isStuck',
    put: 'return false && mayShrink && isLarge && isStuck',
  },
  {
    name: 'abort-without-a-word',
    rule: 'A multipart upload that is cancelled is aborted.',
    file: 'src/upload/endpoint/aborts.ts',
    find: 'return this.#queue.ask(token).then(() => true, isWorthlessToken)',
    put: 'return Promise.resolve(token.length > 0)',
  },
  {
    name: 'abort-once',
    rule: 'The server aborts an upload until S3 lists it no more.',
    file: 'src/server/operations/abort-uploads.ts',
    find: 'if (gone.every(Boolean)) return',
    put: 'if (gone.length > 0) return',
  },
  {
    name: 'abort-overtakes',
    rule: 'Cancelling settles the requests in flight, then aborts.',
    file: 'src/upload/multipart/multipart-uploads.ts',
    find: 'const confirmedToken = (await settled)?.confirmedToken',
    put: 'const confirmedToken: string | undefined = void settled',
  },
  {
    name: 'begun-upload-is-forgotten',
    rule: 'The answer that names a multipart upload is waited for, also when its file is cancelled.',
    file: 'src/upload/endpoint/signatures.ts',
    find: 'isBinding: mayBeDone,',
    put: 'isBinding: () => false,',
  },
]
