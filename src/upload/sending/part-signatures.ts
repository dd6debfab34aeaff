import type { Runtime } from '../../async/runtime.js'
import type { PartDescription, SignedPart } from '../../protocol/operations.js'
import { maxBatchSize } from '../../protocol/operations.js'
import type { FileChecksums } from '../checksum/file-checksums.js'
import type { UploadClient } from '../endpoint/upload-client.js'
import type { UploadError } from '../errors/upload-error.js'
import type { MultipartState } from '../multipart/multipart-state.js'
import { type RetryPolicy, withRetry } from '../retry/retry-policy.js'
import { beginLife } from '../retry/signature-life.js'

/** A part's URL and whether there is still time to use it. */
export interface PartSignature {
  readonly part: SignedPart
  isFresh(): boolean
}

/** What the signatures of one upload's parts are made with. */
interface PartSignaturesOptions {
  readonly upload: MultipartState
  readonly source: Blob
  readonly client: UploadClient
  readonly policy: RetryPolicy
  readonly runtime: Runtime
  /** Asked where the upload needs a checksum of every part. */
  readonly checksums: FileChecksums
  readonly signal: AbortSignal
  /** Follows what reads the file. */
  readonly follow: <T>(work: Promise<T>) => Promise<T>
  /** Hears why the endpoint has to be asked again. */
  readonly onRetry: (error: UploadError) => void
}

/** Signatures are cheap to have in stock; reading the file for a checksum long before it is sent is not. */
const maxAhead = 32
const maxAheadWithChecksum = 6

/** The first parts are ready one after the other, and each of them keeps a slot waiting. */
const maxRequests = 3

interface Described {
  readonly description: PartDescription
  readonly resolve: (signature: PartSignature) => void
  readonly reject: (reason: unknown) => void
}

/** Hands out the signatures of an upload's parts, fetched many at a time before they are needed. */
export class PartSignatures {
  readonly #options: PartSignaturesOptions
  readonly #missing: readonly number[]
  readonly #signed = new Map<number, Promise<PartSignature>>()
  readonly #maxAhead: number
  /** How many of `#missing` were taken, and how many were asked for. */
  #taken = 0
  #asked = 0
  #ready: Described[] = []
  /** How many are still being described, how many are waited for, and how many requests are in flight. */
  #describing = 0
  #awaited = 0
  #requests = 0

  constructor(options: PartSignaturesOptions) {
    const { upload } = options
    this.#options = options
    this.#missing = upload.missing
    this.#maxAhead = upload.facts.checksumAlgorithm ? maxAheadWithChecksum : maxAhead
    const { firstParts } = upload
    for (const part of firstParts?.isFresh() ? firstParts.parts : []) {
      const isFresh = () => firstParts?.isFresh() ?? false
      void this.#keep(part.partNumber, Promise.resolve(this.#issue(part, isFresh)))
    }
  }

  /** Waits for the signature of a part. */
  async take(partNumber: number): Promise<PartSignature> {
    this.#lookAhead(partNumber)
    this.#awaited += 1
    try {
      await this.#sample(partNumber)
      const known = this.#signed.get(partNumber) ?? this.#ask(partNumber)
      void this.#signReady()
      const signature = await known
      if (signature.isFresh()) return signature
      return await this.#ask(partNumber)
    } finally {
      this.#awaited -= 1
    }
  }

  /** Forgets the signature of a part that has arrived. */
  forget(partNumber: number): void {
    this.#signed.delete(partNumber)
  }

  /** Forgets a signature that may have been refused, and the part's checksum if that is in doubt. */
  drop(partNumber: number, { isDamaged }: { readonly isDamaged: boolean }): void {
    this.#signed.delete(partNumber)
    if (isDamaged) this.#options.checksums.forget()
  }

  /** Asks for many at once, and again only when half of them are used. */
  #lookAhead(partNumber: number): void {
    while ((this.#missing[this.#taken] ?? Number.POSITIVE_INFINITY) <= partNumber) this.#taken += 1
    if (this.#asked - this.#taken >= this.#maxAhead / 2) return
    const end = this.#taken + this.#maxAhead
    for (const next of this.#missing.slice(this.#asked, end)) {
      if (!this.#signed.has(next)) void this.#ask(next)
    }
    this.#asked = Math.max(this.#asked, Math.min(end, this.#missing.length))
  }

  #ask(partNumber: number): Promise<PartSignature> {
    const signature = this.#describe(partNumber).then(
      (description) =>
        new Promise<PartSignature>((resolve, reject) => {
          this.#ready.push({ description, resolve, reject })
          // After the others that are asked for now.
          queueMicrotask(() => void this.#signReady())
        }),
    )
    return this.#keep(partNumber, signature)
  }

  #keep(partNumber: number, signature: Promise<PartSignature>): Promise<PartSignature> {
    this.#signed.set(partNumber, signature)
    signature.catch(() => {
      if (this.#signed.get(partNumber) === signature) this.#signed.delete(partNumber)
    })
    return signature
  }

  async #describe(partNumber: number): Promise<PartDescription> {
    const { upload, checksums } = this.#options
    const sampling = this.#sample(partNumber)
    if (!upload.facts.checksumAlgorithm) {
      // `take` waits for it.
      sampling.catch(() => undefined)
      return { partNumber }
    }
    this.#describing += 1
    try {
      await sampling
      const checksum = await checksums.ofPart(upload.rangeOf(partNumber))
      upload.evidence.noteChecksum(partNumber, checksum)
      return { partNumber, checksum }
    } finally {
      this.#describing -= 1
    }
  }

  #sample(partNumber: number): Promise<void> {
    const { upload, source, follow } = this.#options
    return upload.evidence.sample(partNumber, source, follow)
  }

  /** While no part waits, what is ready shares a request with what becomes ready soon. */
  get #isWorthARequest(): boolean {
    if (this.#ready.length === 0 || this.#requests === maxRequests) return false
    const isFull = this.#ready.length >= this.#maxAhead / 2
    return isFull || this.#awaited > 0 || this.#describing === 0
  }

  /** A few requests at a time: what becomes ready meanwhile shares the next. */
  async #signReady(): Promise<void> {
    if (!this.#isWorthARequest) return
    this.#requests += 1
    const batch = this.#ready.splice(0, maxBatchSize)
    try {
      await this.#sign(batch)
    } catch (error) {
      for (const { reject } of batch) reject(error)
    }
    this.#requests -= 1
    await this.#signReady()
  }

  async #sign(batch: readonly Described[]): Promise<void> {
    const { policy, runtime, signal, onRetry } = this.#options
    const parts = batch.map(({ description }) => description)
    const { signed, isFresh } = await withRetry(() => this.#request(parts), {
      policy,
      runtime,
      signal,
      onRetry,
    })
    for (const [index, { resolve, reject }] of batch.entries()) {
      const part = signed[index]
      if (part) resolve(this.#issue(part, isFresh))
      else reject(new Error('No URL for this part.'))
    }
  }

  async #request(parts: readonly PartDescription[]) {
    const { upload, client, runtime, signal } = this.#options
    const life = beginLife(runtime)
    const answer = await client.signParts(upload.facts.token, parts, { signal })
    return { signed: answer.parts, isFresh: life(answer.expiresInSeconds) }
  }

  #issue(part: SignedPart, isFresh: () => boolean): PartSignature {
    this.#options.upload.noteLocation(part.url)
    return { part, isFresh }
  }
}
