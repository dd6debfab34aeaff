import type { Aborts } from './endpoint/aborts.js'
import type { Confirmations, SentUpload } from './endpoint/confirmations.js'
import type { MultipartUploads } from './multipart/multipart-uploads.js'
import type { UploadIds } from './resume/resumption.js'

/** What setting uploads aside works with. */
interface UploadsAsideOptions {
  readonly aborts: Pick<Aborts, 'abort'>
  readonly confirmations: Pick<Confirmations, 'suspend' | 'expect' | 'takeLeft'>
  readonly multiparts: Pick<MultipartUploads, 'hold' | 'keep' | 'abort'>
}

interface Aside {
  /** Resolves when nothing of the upload is under way any more, with what the server has confirmed meanwhile. */
  readonly settled: Promise<SentUpload | undefined>
  /** Of signatures that came too late. */
  readonly tokens: string[]
}

/** Uploads whose work has stopped: they go on where they stood, or what they have left is removed from the bucket. */
export class UploadsAside {
  readonly #options: UploadsAsideOptions
  readonly #aside = new Map<string, Aside>()
  readonly #returning = new Map<string, Promise<void>>()
  /** Tokens of complete files. */
  readonly #confirmed = new Map<string, string>()

  constructor(options: UploadsAsideOptions) {
    this.#options = options
  }

  /** Notes that a file is complete, and by which token it can yet be given up. */
  noteConfirmed({ uploadId }: Pick<UploadIds, 'uploadId'>, { token }: SentUpload): void {
    this.#confirmed.set(uploadId, token)
  }

  /** Whether the server can be told that a complete file was removed. */
  isConfirmed({ uploadId }: Pick<UploadIds, 'uploadId'>): boolean {
    return this.#confirmed.has(uploadId)
  }

  /** Sets aside an upload whose `work` was ended. */
  put(file: UploadIds, work: Promise<unknown> | undefined): void {
    const { confirmations, multiparts } = this.#options
    const suspended = confirmations.suspend(file)
    multiparts.hold(file)
    const settled = Promise.all([suspended, work]).then(([confirmed]) => confirmed)
    this.#aside.set(file.uploadId, { settled, tokens: [] })
  }

  /** Keeps the token of a signature that nothing uses; the upload that it began must not stay open. */
  noteUnused(uploadId: string, token: string): void {
    const aside = this.#aside.get(uploadId)
    if (aside) aside.tokens.push(token)
    else void this.#options.aborts.abort(token)
  }

  /** Lets an upload go on as soon as nothing of it is under way. */
  takeBack(file: UploadIds): void {
    const { uploadId } = file
    const { confirmations, multiparts } = this.#options
    const settled = this.#take(uploadId)?.settled
    multiparts.keep(file)
    const returning = (async () => {
      const confirmed = await settled
      if (confirmed) confirmations.expect(file, confirmed)
      this.#returning.delete(uploadId)
    })()
    this.#returning.set(uploadId, returning)
  }

  /** What the work on an upload has to wait for. */
  returning({ uploadId }: UploadIds): Promise<void> | undefined {
    return this.#returning.get(uploadId)
  }

  /**
   * Has what an upload has left removed from the bucket. What the server is confirming at this moment is not aborted, since the
   * app may hear of it; `evenConfirmed` tells the server of that, too.
   */
  async discard(file: UploadIds, { evenConfirmed = false } = {}): Promise<void> {
    const { aborts, confirmations, multiparts } = this.#options
    const { settled, tokens = [] } = this.#take(file.uploadId) ?? {}
    for (const token of tokens) void aborts.abort(token)
    void multiparts.abort(
      file,
      settled?.then((confirmed) => ({ confirmedToken: confirmed?.token })),
    )
    await settled
    const left = confirmations.takeLeft(file)
    const confirmed = this.#confirmed.get(file.uploadId)
    this.#confirmed.delete(file.uploadId)
    if (confirmed === undefined) {
      for (const { token, isMultipart } of left) if (!isMultipart) void aborts.abort(token)
    } else if (evenConfirmed) void aborts.abort(confirmed)
  }

  #take(uploadId: string): Aside | undefined {
    const aside = this.#aside.get(uploadId)
    this.#aside.delete(uploadId)
    return aside
  }
}
