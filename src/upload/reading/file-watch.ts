import type { Runtime } from '../../async/runtime.js'
import { withTimeout } from '../../async/with-timeout.js'
import { unreadableFile } from '../errors/file-errors.js'
import type { FileError } from '../errors/upload-error.js'
import { readEnds } from './file-samples.js'

/** A read that takes longer is looked at: a small one beside it tells a slow drive from one that does not answer. */
const lookAfterMs = 1000
const suspectAfterMs = 500

/** The first time, the read that is followed is about to fail by itself. */
const refusalsBelieved = 2

/** After so long without an answer the user hears of it. */
const tellAfterMs = 10_000

/** Which files of a page do not answer: their reads neither succeed nor fail, such as on a network drive that went away. */
export class FileWatch {
  readonly #setTimer: Runtime['setTimer']
  #suspects = 0

  constructor({ setTimer }: Pick<Runtime, 'setTimer'>) {
    this.#setTimer = setTimer
  }

  /** Whether some file does not answer: then others are asked for a byte before they take a slot. */
  get isSuspicious(): boolean {
    return this.#suspects > 0
  }

  /**
   * Settles as `work` does, which reads the file; says meanwhile when the file does not answer, and when it does again.
   *
   * WebKit lets a read of a changed file hang: rejects when the file can be read no longer, whatever `work` does.
   */
  async follow<T>(
    work: Promise<T>,
    {
      source,
      onSilence,
    }: { readonly source: Blob; readonly onSilence: (isSilent: boolean) => void },
  ): Promise<T> {
    let timers: (() => void)[] = []
    let isSuspect = false
    let isSilent = false
    let isOver = false
    let refusals = 0
    let refuse = (_reason: FileError) => {}
    const refused = new Promise<never>((_, reject) => {
      refuse = reject
    })
    const clear = () => {
      for (const stop of timers.splice(0)) stop()
      if (isSuspect) this.#suspects -= 1
      if (isSilent) onSilence(false)
      isSuspect = false
      isSilent = false
    }
    const look = () => {
      const suspect = () => {
        isSuspect = true
        this.#suspects += 1
      }
      const tell = () => {
        isSilent = true
        onSilence(true)
      }
      timers = [
        this.#setTimer(suspect, suspectAfterMs),
        this.#setTimer(tell, tellAfterMs - lookAfterMs),
      ]
      const answered = () => {
        clear()
        if (!isOver) timers = [this.#setTimer(look, lookAfterMs)]
      }
      const failed = (reason: unknown) => {
        refusals += 1
        if (refusals >= refusalsBelieved) refuse(unreadableFile(reason))
        answered()
      }
      void readEnds(source).then(answered, failed)
    }
    timers = [this.#setTimer(look, lookAfterMs)]
    return await Promise.race([work, refused]).finally(() => {
      isOver = true
      clear()
    })
  }
}

/** What a file that is asked for its first and last byte does: it gives them, says that it cannot, or does neither. */
type FileAnswer = 'given' | 'refused' | 'none'

/** Asks a file for its first and last byte, and waits for them no longer than a time. */
export async function answerWithin(
  source: Blob,
  timeoutMs: number,
  runtime: Pick<Runtime, 'setTimer'>,
): Promise<FileAnswer> {
  const answer = readEnds(source).then(
    (): FileAnswer => 'given',
    (): FileAnswer => 'refused',
  )
  return (await withTimeout(answer, timeoutMs, runtime)) ?? 'none'
}

/** Waits until a file gives its first and last byte, or says that it cannot. */
export async function answerOf(source: Blob): Promise<void> {
  await readEnds(source).catch(() => undefined)
}
