import type { Process } from '../clock/process.js'
import type { LineSending } from '../line/line-request.js'
import { type FileRange, SimulatedBlob, type SimulatedForm } from '../page/blob.js'
import { encodeForm } from '../page/encode-form.js'
import type { PageUpload, SendUpload, UploadAnswer, UploadListener } from '../page/xhr.js'
import type { Fault } from '../scenario/scenario.js'
import type { LiveRequest, PageConnection } from './page-connection.js'
import type { PageSend } from './page-sends.js'
import { placeOf } from './place-of.js'

const pageOrigin = 'https://app.test'
/** Browsers tell of progress no more often. */
const minProgressMs = 50
/** Long transfers tell of it less often: each time costs some steps, and shows nothing new. */
const maxProgressMs = 1000
const tellingsOfAge = 10
/** Longer than any signature lives. */
const muchLaterMs = 8 * 24 * 3600_000

/** Sends what a page uploads over the line to S3. */
export function createSendUpload(connection: PageConnection, process: Process): SendUpload {
  return (upload, listener) => {
    const sending = new UploadSending(connection, { process, upload, listener })
    sending.begin()
    return () => sending.end()
  }
}

interface SendingFacts {
  readonly process: Process
  readonly upload: PageUpload
  readonly listener: UploadListener
}

class UploadSending implements LiveRequest {
  readonly #connection: PageConnection
  readonly #facts: SendingFacts
  readonly operation: string
  readonly range: FileRange | undefined
  readonly files: readonly string[]
  readonly #fault: Fault | undefined
  readonly #size: number
  readonly #send: PageSend
  #sending: LineSending | undefined
  #beganMs: number | undefined
  #toldMs = 0
  #answer: UploadAnswer | undefined
  #isOver = false
  #isRedirected = false

  constructor(connection: PageConnection, facts: SendingFacts) {
    this.#connection = connection
    this.#facts = facts
    const { upload, process } = facts
    const blob = fileIn(upload.body)
    this.#size = blob?.size ?? 0
    this.range = blob?.range
    this.files = this.range ? [this.range.name] : []
    this.#send = connection.sends.begin(upload, {
      tab: process.name,
      file: this.range?.name,
      bytes: this.#size,
      beganMs: connection.clock.now,
    })
    this.operation = this.#send.operation
    this.#fault = connection.faults.take('s3', this.operation)
    connection.see(`send:${this.operation}`)
    if (this.range) connection.see(`send:${placeOf(this.range)}`)
    connection.clock.trace.add(
      connection.clock.now,
      `${process.name} ${this.operation} ${this.#size}`,
    )
  }

  begin(): void {
    const { clock, computer } = this.#connection
    const { process } = this.#facts
    // Nothing of a page that is gone reaches anybody.
    if (!process.isAlive) {
      this.#noteEnd()
      return
    }
    this.#connection.live.add(this)
    if (!computer.isConnected) {
      clock.at(3, () => this.#fail(), { process })
      return
    }
    this.#putOnLine()
  }

  #putOnLine(): void {
    const { network, storageHost } = this.#connection
    const { upload } = this.#facts
    this.#sending = network.send({
      host: storageHost,
      bodyBytes: this.#size,
      hasPreflight: upload.wantsProgress || upload.method !== 'POST',
      onProgress: (bytes) => this.#progress(bytes),
      onArrived: (answer) => this.#arrive(answer),
      onAnswer: () => this.#tellAnswer(),
      onBusy: () => this.#tellAnswer(busy),
      onReset: () => this.#fail(),
    })
  }

  get process(): Process {
    return this.#facts.process
  }

  /** Nothing of it is on the line any more. What has arrived in full is still done. */
  end(): void {
    this.#isOver = true
    this.#noteEnd()
    this.#connection.live.delete(this)
    this.#sending?.abort()
  }

  /** The page hears of an end, or ends it before it has heard. */
  #noteEnd({ status, body = '' }: Partial<UploadAnswer> = {}): void {
    if (this.#send.endMs !== undefined) return
    this.#send.endMs = this.#connection.clock.now
    if (status !== undefined) this.#send.status = status
    if (status !== undefined && status >= 400) this.#send.refusal = body
  }

  #progress(bytes: number): void {
    const { clock } = this.#connection
    this.#beganMs ??= clock.now
    this.#send.firstByteMs = this.#beganMs
    if (this.#isOver) return
    const { kind, share = 0 } = this.#fault ?? {}
    if ((kind === 'break' || kind === 'stall') && bytes >= share * this.#size) {
      this.#sending?.abort()
      if (kind === 'break') this.#fail()
      else this.#isOver = true
      return
    }
    const pauseMs = (clock.now - this.#beganMs) / tellingsOfAge
    const nextMs = this.#toldMs + Math.min(Math.max(pauseMs, minProgressMs), maxProgressMs)
    if (clock.now < nextMs || bytes >= this.#size) return
    this.#toldMs = clock.now
    this.#tellProgress(Math.floor(bytes))
  }

  #arrive(answer: () => void): void {
    const { clock, isStorageDown } = this.#connection
    const { kind, seconds = 1, code = 'SlowDown' } = this.#fault ?? {}
    const beganMs = this.#beganMs ?? clock.now
    const request = this.#read()
    if (!request) {
      this.#sending?.abort()
      // The line has not broken.
      this.#noteEnd()
      this.#fail()
      return
    }
    this.#tellProgress(this.#size)
    this.#tell(({ sent }) => sent())
    if (kind === 'redirect' && !this.#isRedirected) {
      this.#follow()
      return
    }
    if (kind === 'refuse' || isStorageDown()) {
      this.#answer = kind === 'refuse' ? refusal(503, code) : busy
      clock.at(0, answer)
      return
    }
    const arrivalMs = kind === 'expired' ? beganMs + muchLaterMs : beganMs
    if (kind === 'late-delivery') this.#fail()
    clock.at(
      kind === 'late-delivery' ? seconds * 1000 : 0,
      () => {
        const { storage } = this.#connection
        if (kind === 'repeat') storage.answer(request, arrivalMs, () => {})
        storage.answer(request, arrivalMs, (response) => {
          void this.#takeAnswer(response, answer)
        })
      },
      { process: this.#connection.storage.process },
    )
  }

  #tellProgress(bytes: number): void {
    this.#tell(({ progress }) => {
      this.#send.heardBytes = bytes
      progress(bytes, this.#size)
    })
  }

  async #takeAnswer(response: Response, answer: () => void): Promise<void> {
    const { clock } = this.#connection
    const { kind, seconds = 1 } = this.#fault ?? {}
    const body = await response.text()
    const isReadable = response.headers.has('access-control-allow-origin') && kind !== 'cors-off'
    if (kind === 'lose-answer' || !isReadable) {
      this.#sending?.abort()
      this.#fail()
      return
    }
    const etag = response.headers.get('etag')
    this.#answer =
      // What S3 has refused is not done: that answer comes as it is.
      kind === 'empty-answer' && response.ok
        ? { status: 200, body: '', headers: '' }
        : { status: response.status, body, headers: etag ? `etag: ${etag}\r\n` : '' }
    clock.at(kind === 'delay' ? seconds * 1000 : 0, answer)
  }

  /** The storage sends the browser elsewhere, and the browser sends all of it again. */
  #follow(): void {
    this.#isRedirected = true
    this.#sending?.abort()
    this.#putOnLine()
  }

  #tellAnswer(given = this.#answer): void {
    if (!given) return
    this.#finish(({ answer }) => {
      this.#noteEnd(given)
      answer(given)
    })
  }

  #fail(): void {
    this.#finish(({ fail }) => {
      if (this.#send.endMs === undefined) this.#send.isBroken = true
      this.#noteEnd()
      fail()
    })
  }

  #finish(tell: (listener: UploadListener) => void): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#connection.live.delete(this)
    const { process, listener } = this.#facts
    this.#connection.clock.at(0, () => tell(listener), { process })
  }

  #tell(tell: (listener: UploadListener) => void): void {
    const { process, listener } = this.#facts
    this.#connection.clock.at(0, () => this.#isOver || tell(listener), { process })
  }

  /** Undefined when the file is another by now: the browser gives the request up. */
  #read(): (() => Request) | undefined {
    const { upload } = this.#facts
    try {
      const { bytes, contentType, fileStart } = encode(upload.body)
      const { kind, share = 0 } = this.#fault ?? {}
      const index = fileStart + Math.floor(share * this.#size)
      const sent = kind === 'flip-bit' && this.#size > 0 ? flipped(bytes, index) : bytes
      const headers = { ...upload.headers, origin: pageOrigin, ...contentType }
      return () => new Request(upload.url, { method: upload.method, headers, body: sent })
    } catch {
      return undefined
    }
  }
}

const busy = refusal(503, 'SlowDown')

function refusal(status: number, code: string): UploadAnswer {
  const body = `<Error><Code>${code}</Code><Message>Simulated.</Message></Error>`
  return { status, body, headers: '' }
}

function encode(body: SimulatedBlob | SimulatedForm): {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly contentType: Readonly<Record<string, string>>
  readonly fileStart: number
} {
  if (body instanceof SimulatedBlob) return { bytes: body.readNow(), contentType: {}, fileStart: 0 }
  const { contentType, ...form } = encodeForm(body)
  return { ...form, contentType: { 'content-type': contentType } }
}

/** One bit is another. */
function flipped(bytes: Uint8Array<ArrayBuffer>, index: number): Uint8Array<ArrayBuffer> {
  const copy = bytes.slice()
  copy[index] = (copy[index] ?? 0) ^ 1
  return copy
}

function fileIn(body: SimulatedBlob | SimulatedForm): SimulatedBlob | undefined {
  if (body instanceof SimulatedBlob) return body
  const file = body.get('file')
  return file instanceof SimulatedBlob ? file : undefined
}
