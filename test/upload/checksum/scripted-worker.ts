import type { DigestMessage, DigestRequest } from '../../../src/upload/checksum/digest-messages.js'

interface ScriptedWorkers {
  readonly createWorker: () => Worker
  readonly workers: readonly ScriptedWorker[]
  /** What was asked of the workers, in this order. */
  readonly requests: readonly DigestRequest[]
  /** Says that the worker runs. */
  start(): void
  /** Answers the oldest request that has no answer yet. */
  answerNext(): Promise<void>
}

/** Workers without a thread: jsdom has none. */
export function createScriptedWorker({
  answers = 'at once',
  starts = 'at once',
}: {
  answers?: 'at once' | 'when told'
  starts?: 'at once' | 'when told'
} = {}): ScriptedWorkers {
  const workers: ScriptedWorker[] = []
  const requests: DigestRequest[] = []
  let answered = 0

  const answerNext = async () => {
    const request = requests[answered]
    if (!request) throw new Error('Nothing was asked.')
    answered += 1
    const answer = await answerTo(request)
    workers.at(-1)?.say(answer)
    // The answer is heard, and what follows from it asked, before the next step of the test.
    await new Promise((resolve) => setTimeout(resolve))
  }

  const start = () => workers.at(-1)?.say({ type: 'ready' })

  const createWorker = () => {
    const worker = new ScriptedWorker((request) => {
      requests.push(request)
      if (answers === 'at once') void answerNext()
    })
    workers.push(worker)
    if (starts === 'at once') queueMicrotask(start)
    // It has the four members of a worker that are used.
    return worker as unknown as Worker
  }

  return { createWorker, workers, requests, start, answerNext }
}

class ScriptedWorker {
  onmessage: ((event: MessageEvent<DigestMessage>) => void) | null = null
  onerror: ((event: ErrorEvent) => void) | null = null
  isTerminated = false
  readonly postMessage: (request: DigestRequest) => void

  constructor(postMessage: (request: DigestRequest) => void) {
    this.postMessage = postMessage
  }

  say(data: DigestMessage): void {
    if (!this.isTerminated) this.onmessage?.(new MessageEvent('message', { data }))
  }

  terminate(): void {
    this.isTerminated = true
  }
}

async function answerTo({ id, blob }: DigestRequest): Promise<DigestMessage> {
  try {
    const digest = await crypto.subtle.digest('SHA-256', await blob.arrayBuffer())
    return { type: 'digest', id, digest }
  } catch (error) {
    // Reading and hashing reject with nothing else.
    const { name, message } = error as DOMException
    return { type: 'failure', id, name, message }
  }
}
