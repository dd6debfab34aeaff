import type { Mutant } from './mutant.js'

/** Bugs of what runs at once, and of when the next transfer begins. */
export const schedulerMutants: readonly Mutant[] = [
  {
    name: 'slots-without-end',
    rule: 'No more requests than there are slots are sent at once.',
    file: 'src/upload/transfer/transfer-scheduler.ts',
    find: 'return this.#running < Math.floor(this.#limit) + (isInReserve ? reserve : 0)',
    put: 'return this.#running < Math.floor(this.#limit) + (isInReserve ? reserve : 0) + 20',
  },
  {
    name: 'busy-storage-is-not-spared',
    rule: 'After a refusal as busy nothing begins until a wait is over.',
    file: 'src/upload/transfer/transfer-scheduler.ts',
    find: 'if (this.#holds > 0) return false',
    put: '',
  },
  {
    name: 'busy-storage-gets-all-at-once',
    rule: 'After the wait one transfer alone finds out whether the storage takes anything again.',
    file: 'src/upload/transfer/transfer-scheduler.ts',
    find: '(this.#isTrying || this.#mayBreak(transfer))',
    put: 'this.#mayBreak(transfer)',
  },
  {
    name: 'largest-transfer-tries-first',
    rule: 'The transfer that tries is the smallest.',
    file: 'src/upload/transfer/transfer-scheduler.ts',
    find: 'isEarlier(a, b) : a.bytes < b.bytes',
    put: 'isEarlier(a, b) : a.bytes > b.bytes',
  },
  {
    name: 'busy-storage-keeps-its-slots',
    rule: 'A refusal as busy halves the number of slots.',
    file: 'src/upload/transfer/transfer-scheduler.ts',
    find: 'this.#limit = Math.max(1, this.#limit / 2)',
    put: '',
  },
  {
    name: 'slots-stay-few',
    rule: 'Each success gives a fraction of the slots back.',
    file: 'src/upload/transfer/transfer-scheduler.ts',
    find: 'this.#limit = Math.min(this.#options.concurrency, this.#limit + 1 / this.#limit)',
    put: '',
  },
  {
    name: 'parts-take-all-slots',
    rule: 'Parts leave all slots but one to files that go in one request, as long as such files wait.',
    file: 'src/upload/transfer/transfer-scheduler.ts',
    find: 'const slotsOfPartsWhileFilesWait = 1',
    put: 'const slotsOfPartsWhileFilesWait = 6',
  },
  {
    name: 'broken-line-gets-all-at-once',
    rule: 'On a line that has broken, one request goes alone until something has arrived.',
    file: 'src/upload/transfer/line-breaks.ts',
    find: 'if (this.#arrivedBytes === 0) return minBytes',
    put: 'if (this.#arrivedBytes === 0) return Number.POSITIVE_INFINITY',
  },
  {
    name: 'all-large-files-at-once',
    rule: 'At most six large files are on their way.',
    file: 'src/upload/upload-engine.ts',
    find: 'const maxOpenMultiparts = 6',
    put: 'const maxOpenMultiparts = 60',
  },
  {
    name: 'breaking-line-gets-all-slots',
    rule: 'On a line that breaks, a quarter of what passes between two breaks may be in flight.',
    file: 'src/upload/transfer/line-breaks.ts',
    find: 'if (this.#intervals.length === 0) return',
    put: 'if (this.#intervals.length >= 0) return',
  },
  {
    name: 'pause-keeps-sending',
    rule: 'Pausing ends the requests in flight, and begins none.',
    file: 'src/upload/upload-lifetime.ts',
    find: `this.#isPaused = true
    this.#attempt.abort()`,
    put: 'this.#isPaused = true',
  },
]
