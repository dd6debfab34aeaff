import type { Mutant } from './mutant.js'

/** Bugs of files that go in one request. */
export const wholeFileMutants: readonly Mutant[] = [
  {
    name: 'stored-file-sent-again',
    rule: 'Where no answer came to a whole file, the server is asked before it is sent again.',
    file: 'src/upload/sending/send-whole-file.ts',
    find: 'if (mayHaveArrived) confirmations.expect(record, sent)',
    put: 'if (mayHaveArrived) confirmations.expect',
  },
  {
    name: 'complete-unseen',
    rule: 'A file is complete only when the server has seen the object.',
    file: 'src/upload/endpoint/confirmations.ts',
    find: 'for (let asked = 1; ; asked += 1) {',
    put: `if (!sent.isMultipart) {
      const { key, location } = sent
      const object = { key, location, size: record.size }
      return { status: 'complete', object, response: undefined } as unknown as UploadedState
    }
    for (let asked = 1; ; asked += 1) {`,
  },
  {
    name: 'broken-whole-file-stays-whole',
    rule: 'A whole file of 5 MiB or more whose request broke goes on in parts of 5 MiB.',
    file: 'src/upload/sending/small-parts.ts',
    find: 'const isTooLarge = isLineBreak(attempt) ||',
    put: 'const isTooLarge =',
  },
  {
    name: 'refused-whole-file-stays-whole',
    rule: 'A file of 5 MiB or more that a busy storage refuses twice goes on in parts.',
    file: 'src/upload/sending/small-parts.ts',
    find: 'const minBusyAnswers = 2',
    put: 'const minBusyAnswers = 200',
  },
  {
    name: 'checksum-left-out',
    rule: 'The checksum of a whole file is signed, so that S3 refuses damaged bytes.',
    file: 'src/upload/sending/describe-file.ts',
    find: 'describe: async () => ({ ...facts(), checksum: await checksums.ofFile() }),',
    put: 'describe: async () => plain(),',
  },
  {
    name: 'damage-is-final',
    rule: 'Bytes that arrived with another checksum are hashed, signed and sent again.',
    file: 'src/s3/error-codes.ts',
    find: "const damaged = meaning('checksum-mismatch', 'sign-again')",
    put: "const damaged = meaning('checksum-mismatch')",
  },
]
