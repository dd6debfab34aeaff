import type { Mutant } from './mutant.js'

/** Bugs of what goes on after a reload, and between two tabs. */
export const resumeMutants: readonly Mutant[] = [
  {
    name: 'reload-begins-anew',
    rule: 'After a reload only the parts are sent that S3 does not have.',
    file: 'src/upload/multipart/multipart-opening.ts',
    find: 'if (!resumed) return undefined',
    put: 'resumed?.release()\n    if (!resumed || size > 0) return undefined',
  },
  {
    name: 'retry-begins-anew',
    rule: 'A failed file keeps what the bucket has of it: a retry goes on from there.',
    file: 'src/upload/upload-engine.ts',
    find: '(isChanged(record.error) || /^upload-(exists|elsewhere)$/.test(record.error.code))',
    put: '(isChanged(record.error) || /./.test(record.error.code))',
  },
  {
    name: 'tabs-share-an-upload',
    rule: 'A lock keeps two tabs from working on the same upload.',
    file: 'src/upload/resume/tab-lock.ts',
    find: 'if (!lock) return resolve(undefined)',
    put: 'if (!lock) return resolve(() => {})',
  },
  {
    name: 'alike-is-the-same',
    rule: 'A file whose bytes differ from those of the interrupted upload is sent as a whole.',
    file: 'src/upload/resume/file-likeness.ts',
    find: 'return isSameDate && samples === likeness.samples',
    put: 'return isSameDate && likeness.samples.length > 0',
  },
  {
    name: 'listed-checksum-is-trusted',
    rule: 'A part that S3 lists with another checksum is sent again.',
    file: 'src/upload/sending/prove-parts.ts',
    find: 'upload.noteProof(partNumber, checksum === listed)',
    put: 'upload.noteProof(partNumber, checksum.length === listed.length)',
  },
  {
    name: 'discarded-upload-is-left',
    rule: 'What an earlier page has left is aborted when it is discarded.',
    file: 'src/upload/resume/interrupted-uploads.ts',
    find: 'if (await this.#options.aborts.abort(reservation.record.token)) reservation.forget()',
    put: 'if (reservation.record.token.length > 0) reservation.forget()',
  },
]
