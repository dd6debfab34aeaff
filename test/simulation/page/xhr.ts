import type { SimulatedBlob, SimulatedForm } from './blob.js'

/** What a page sends, as its request says it. */
export interface PageUpload {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: SimulatedBlob | SimulatedForm
  /** Whether anybody hears of progress: then a browser asks first. */
  readonly wantsProgress: boolean
}

/** Hears what becomes of an upload; each call comes in a task of the page. */
export interface UploadListener {
  progress(loadedBytes: number, totalBytes: number): void
  sent(): void
  answer(answer: UploadAnswer): void
  fail(): void
}

export interface UploadAnswer {
  readonly status: number
  readonly body: string
  readonly headers: string
}

/** Sends what a page sends; what is returned ends it without a word. */
export type SendUpload = (upload: PageUpload, listener: UploadListener) => () => void

/** An XMLHttpRequest over the simulated line, with what the product uses of one. */
export class SimulatedXhr {
  readonly upload: {
    onprogress?: (event: { loaded: number; total: number }) => void
    onload?: () => void
  } = {}
  status = 0
  responseText = ''
  onload: (() => void) | undefined
  onerror: (() => void) | undefined
  onabort: (() => void) | undefined
  readonly #send: SendUpload
  readonly #headers: Record<string, string> = {}
  readonly #loadListeners: (() => void)[] = []
  #method = ''
  #url = ''
  #responseHeaders = ''
  #end = () => {}
  #isOver = false

  constructor(send: SendUpload) {
    this.#send = send
  }

  open(method: string, url: string): void {
    this.#method = method
    this.#url = url
  }

  setRequestHeader(name: string, value: string): void {
    this.#headers[name] = value
  }

  addEventListener(type: 'load', listener: () => void): void {
    if (type === 'load') this.#loadListeners.push(listener)
  }

  getAllResponseHeaders(): string {
    return this.#responseHeaders
  }

  send(body: SimulatedBlob | SimulatedForm): void {
    const upload = {
      method: this.#method,
      url: this.#url,
      headers: this.#headers,
      body,
      wantsProgress: this.upload.onprogress !== undefined,
    }
    this.#end = this.#send(upload, {
      progress: (loaded, total) => this.upload.onprogress?.({ loaded, total }),
      sent: () => this.upload.onload?.(),
      answer: (answer) => this.#finish(() => this.#load(answer)),
      fail: () => this.#finish(() => this.onerror?.()),
    })
  }

  abort(): void {
    this.#finish(() => {
      this.#end()
      this.onabort?.()
    })
  }

  #load({ status, body, headers }: UploadAnswer): void {
    this.status = status
    this.responseText = body
    this.#responseHeaders = headers
    this.onload?.()
    for (const listener of this.#loadListeners) listener()
  }

  #finish(tell: () => void): void {
    if (this.#isOver) return
    this.#isOver = true
    tell()
  }
}
