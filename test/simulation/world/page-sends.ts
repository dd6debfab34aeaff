import type { PageUpload } from '../page/xhr.js'
import { operationOf } from './operation-of.js'

/** A request of a page that sends bytes of a file to S3. */
export interface PageSend {
  /** Name of the page's process. */
  readonly tab: string
  readonly operation: string
  /** Name of the file that the bytes are of. */
  readonly file: string | undefined
  readonly bytes: number
  readonly beganMs: number
  /** Of a part. */
  readonly uploadId: string | undefined
  readonly partNumber: string | undefined
  /** Bytes that the page has heard to have left. */
  heardBytes?: number
  /** Whether it ended without an answer, and not by the page. */
  isBroken?: boolean
  /** When its first byte had left. */
  firstByteMs?: number
  /** When the page heard of its end, or ended it. */
  endMs?: number
  /** Of the answer, if one came. */
  status?: number
  /** What S3 has written in its refusal. */
  refusal?: string
}

/** All that pages have sent to S3, in the order of its beginning. */
export class PageSends {
  readonly all: PageSend[] = []
  readonly #watchers: ((send: PageSend) => void)[] = []

  /** Notes that a request begins. */
  begin(upload: PageUpload, facts: Pick<PageSend, 'tab' | 'file' | 'bytes' | 'beganMs'>): PageSend {
    const { searchParams } = new URL(upload.url)
    const send: PageSend = {
      ...facts,
      operation: operationOf(upload),
      uploadId: searchParams.get('uploadId') ?? undefined,
      partNumber: searchParams.get('partNumber') ?? undefined,
    }
    this.all.push(send)
    for (const watcher of [...this.#watchers]) watcher(send)
    return send
  }

  /** Ends what a page has not heard the end of, since it is gone. */
  endOf(tab: string, endMs: number): void {
    for (const send of this.all) if (send.tab === tab) send.endMs ??= endMs
  }

  /** Hears of each request when it begins. */
  watch(watcher: (send: PageSend) => void): void {
    this.#watchers.push(watcher)
  }
}
