import type { Mutant } from './mutant.js'

/** Bugs of what happens when something fails. */
export const retryMutants: readonly Mutant[] = [
  {
    name: 'no-stall-timer',
    rule: 'Once a request has reported progress, 30 s without a byte end it.',
    file: 'src/upload/transfer/silence-watch.ts',
    find: 'timer.start(seconds * this.#patience, giveUp)',
    put: 'timer.stop()',
  },
  {
    name: 'no-timer-before-the-first-byte',
    rule: 'Before the first byte a request may be silent for 120 s.',
    file: 'src/upload/transfer/silence-watch.ts',
    find: 'timer.start(answerTimeoutSeconds, () => void lookAgain(sizeOf(body) / minBytesPerSecond))',
    put: 'void lookAgain',
  },
  {
    name: 'answer-is-waited-for-for-ever',
    rule: '120 s without an answer end a request of which all bytes are sent.',
    file: 'src/upload/transfer/silence-watch.ts',
    find: `hear(loaded >= total ? answerTimeoutSeconds : stallTimeoutSeconds)
      onProgress(loaded, total)
    }
    xhr.upload.onload = () => hear(answerTimeoutSeconds)`,
    put: `if (loaded < total) hear(stallTimeoutSeconds)
      else timer.stop()
      onProgress(loaded, total)
    }
    xhr.upload.onload = () => timer.stop()`,
  },
  {
    name: 'break-is-final',
    rule: 'A request whose connection broke is sent again.',
    file: 'src/upload/retry/attempt-budget.ts',
    find: 'if (this.#storage.hasAnswered) return true',
    put: 'if (this.#storage.hasAnswered) return false',
  },
  {
    name: 'busy-is-final-soon',
    rule: 'A busy storage is tried again for as long as the budget of 300 s.',
    file: 'src/upload/retry/retry-policy.ts',
    find: 'defaultRetryPolicy: RetryPolicy = { budgetSeconds: 300 }',
    put: 'defaultRetryPolicy: RetryPolicy = { budgetSeconds: 60 }',
  },
  {
    name: 'retries-come-late',
    rule: 'The pause between two tries is 20 s at most.',
    file: 'src/upload/retry/retry-policy.ts',
    find: 'const maxDelayMs = 20_000',
    put: 'const maxDelayMs = 200_000',
  },
  {
    name: 'offline-costs-budget',
    rule: 'Waiting for the connection costs nothing of the budget.',
    file: 'src/upload/retry/retry-policy.ts',
    find: 'return gotNothing(error) && !isOnline()',
    put: 'return gotNothing(error) && !isOnline() && false',
  },
  {
    name: 'expired-signature-is-kept',
    rule: 'Where S3 calls a signature expired, a new one is fetched.',
    file: 'src/s3/error-codes.ts',
    find: "const expired = meaning('signature-expired', 'sign-again', { transient: true })",
    put: "const expired = meaning('signature-expired', 'none', { transient: true })",
  },
  {
    name: 'old-signature-is-used',
    rule: 'Where less than a tenth of its life is left, a signature is fetched anew.',
    file: 'src/upload/retry/signature-life.ts',
    find: 'const usableMs = expiresInSeconds * 1000 * (1 - freshShare)',
    put: 'const usableMs = expiresInSeconds * 1000 * (1 + freshShare * 100)',
  },
  {
    name: 'clock-that-stands-still-is-believed',
    rule: 'Both clocks are asked how old a signature is, because one stands still in sleep.',
    file: 'src/upload/retry/signature-life.ts',
    find: 'Math.max(now() - asked.at, wallNow() - asked.wallAt) < usableMs',
    put: 'Math.max(now() - asked.at, asked.wallAt - asked.wallAt) < usableMs',
  },
]
