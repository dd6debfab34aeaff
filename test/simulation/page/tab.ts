import Uppy, { type Body, type Meta } from '@uppy/core'
import type { S3DirectUploadOptions } from 's3-direct-upload/uppy'
import { createDownloadSigner, type SignDownload } from '../../../src/upload/endpoint/downloads.js'
import type { AddOptions } from '../../../src/uppy/intake/addable-file.js'
import { S3DirectUpload } from '../../../src/uppy/S3DirectUpload.js'
import { createRandom } from '../../support/random.js'
import type { Process } from '../clock/process.js'
import { createVirtualRuntime } from '../clock/virtual-runtime.js'
import type { World } from '../world/world.js'
import type { SimulatedFile } from './blob.js'
import { Hashing } from './hashing.js'
import { RemovalRules } from './removal-rules.js'

type Plugin = S3DirectUpload<Meta, Body>

/** How a file stands in a tab. */
export interface SeenFile {
  readonly tab: string
  readonly id: string
  readonly name: string
  readonly size: number
  readonly status: string
  readonly bytesUploaded: number
  /** Of a complete file. */
  readonly key: string | undefined
  /** Whether something has gone wrong, and another attempt is to come. */
  readonly isRecovering: boolean
  /** Of a failed file. */
  readonly error: string | undefined
  /** How often Uppy has heard that it is complete. */
  readonly successes: number
  /** How often Uppy has heard that it failed, since it was started last. */
  readonly failures: number
}

/** How often Uppy has heard of a file. */
interface Heard {
  readonly successes?: number | undefined
  readonly failures?: number | undefined
}

const silent = { debug() {}, warn() {}, error() {} }
const signInMs = 2000

/** A page of the app with the plugin on Uppy. */
export class Tab {
  readonly process: Process
  readonly uppy: Uppy<Meta, Body>
  readonly plugin: Plugin
  readonly hashing: Hashing
  readonly #world: World
  readonly #signDownload: SignDownload
  readonly #successes = new Map<string, number>()
  readonly #failures = new Map<string, number>()
  readonly #progress = new Map<string, number>()
  readonly #removed = new Map<string, Heard>()
  readonly #rules: RemovalRules
  readonly #isOneFile: boolean
  readonly #told = new Map<string, string>()
  #signIns = 0

  /** Has to be called in the name of the process. */
  constructor(world: World, process: Process) {
    this.#world = world
    this.process = process
    const { clock, computer, scenario } = world
    const random = createRandom(`${process.name} ${scenario.seed}`)
    const runtime = createVirtualRuntime(clock, random, computer)
    const { isOneFile = false, ...given } = scenario.options
    this.#isOneFile = isOneFile
    const options: S3DirectUploadOptions = {
      ...given,
      endpoint: world.endpointUrl,
      autoUpload: true,
      onUnauthorized: () => this.#signIn(),
    }
    const hashing = new Hashing(clock, world.see)
    this.hashing = hashing
    class SimulatedPlugin extends S3DirectUpload<Meta, Body> {
      constructor(uppy: Uppy<Meta, Body>, given: S3DirectUploadOptions) {
        super(uppy, given, runtime, hashing.digest)
      }
    }
    const restrictions = isOneFile ? { maxNumberOfFiles: 1 } : {}
    const uppy = new Uppy<Meta, Body>({ logger: silent, restrictions })
    this.uppy = uppy.use(SimulatedPlugin, options)
    this.plugin = this.uppy.getPlugin('S3DirectUpload') as Plugin
    this.#signDownload = createDownloadSigner(runtime)
    this.#rules = new RemovalRules(world, { tab: process.name, uploads: this.plugin.uploads })
    this.#listen()
  }

  get isOpen(): boolean {
    return this.process.isAlive
  }

  add(files: readonly SimulatedFile[], { replace = this.#isOneFile }: AddOptions = {}): void {
    this.plugin.addFiles(
      files.map((file) => ({ file: file as unknown as File })),
      { replace },
    )
  }

  setPaused(name: string, isPaused: boolean): void {
    for (const id of this.#idsOf(name)) this.plugin.setPaused(id, isPaused)
  }

  remove(name: string): void {
    for (const id of this.#idsOf(name)) {
      this.#rules.noteRemoval(id)
      this.plugin.remove(id)
    }
  }

  /** Brings back what was removed last, and returns the names of it. */
  undo(): readonly string[] {
    const names = this.plugin.uploads.removed?.names ?? []
    this.plugin.undo()
    return names
  }

  /** Removes a file as an app does that knows Uppy alone. */
  takeOut(name: string): void {
    for (const id of this.#idsOf(name)) {
      this.#rules.noteRemoval(id)
      if (this.uppy.getFile(id)) this.uppy.removeFile(id)
    }
  }

  cancelAll(): void {
    this.#rules.noteRemoval()
    this.uppy.cancelAll()
  }

  retry(name: string): void {
    for (const id of this.#idsOf(name)) {
      if (this.uppy.getFile(id)) void this.uppy.retryUpload(id).catch(() => undefined)
    }
  }

  retryAll(): void {
    void this.uppy.retryAll().catch(() => undefined)
  }

  /** Asks for the URL of a stored file, as the download button does. */
  signDownload(key: string): ReturnType<SignDownload> {
    const { endpointUrl: endpoint } = this.#world
    return this.#signDownload({ key }, { endpoint, onUnauthorized: () => this.#signIn() })
  }

  /** Gives up everything that earlier pages have left. */
  async discardInterrupted(): Promise<void> {
    const { interrupted, uploads } = this.plugin
    await Promise.all(uploads.interrupted.map(({ uploadId }) => interrupted.discard(uploadId)))
  }

  look(): SeenFile[] {
    const { uploads } = this.plugin
    return uploads.ids.flatMap((id) => {
      const record = uploads.get(id)
      if (!record) return []
      const { name, size, status, bytesUploaded } = record
      return {
        tab: this.process.name,
        id,
        name,
        size,
        status,
        bytesUploaded,
        key: record.status === 'complete' ? record.object.key : undefined,
        error:
          record.status === 'failed' ? `${record.error.code}: ${record.error.message}` : undefined,
        isRecovering: record.status === 'waiting' && record.lastError !== undefined,
        successes: this.#successes.get(id) ?? 0,
        failures: this.#failures.get(id) ?? 0,
      }
    })
  }

  #idsOf(name: string): string[] {
    const { uploads } = this.plugin
    return uploads.ids.filter((id) => uploads.get(id)?.name === name)
  }

  #listen(): void {
    const { uppy } = this
    uppy.on('upload-success', (file) => {
      if (file) increase(this.#successes, file.id)
    })
    uppy.on('file-removed', ({ id, name = '' }) => {
      const [successes, failures] = [this.#successes.get(id), this.#failures.get(id)]
      // One that was replaced by itself comes back when this one goes.
      if (successes || failures) this.#removed.set(name, { successes, failures })
      for (const facts of [this.#successes, this.#failures, this.#progress]) facts.delete(id)
    })
    uppy.on('file-added', ({ id, name = '' }) => this.#takeBack(id, this.#removed.get(name)))
    uppy.on('upload-start', (files) => {
      for (const { id } of files) this.#failures.delete(id)
    })
    uppy.on('upload-error', (file) => {
      if (!file) return
      this.#progress.delete(file.id)
      increase(this.#failures, file.id)
    })
    uppy.on('upload-progress', (file, { bytesUploaded }) => {
      if (!file) return
      const before = this.#progress.get(file.id) ?? 0
      this.#progress.set(file.id, bytesUploaded)
      if (bytesUploaded >= before) return
      this.#world.problems.push(`PROGRESS falls: ${file.name}, ${before} to ${bytesUploaded}`)
    })
    let hadInterrupted = false
    this.plugin.uploads.subscribe(() => {
      const hasInterrupted = this.plugin.uploads.interrupted.length > 0
      if (hasInterrupted && !hadInterrupted) this.#world.see('page:interrupted')
      hadInterrupted = hasInterrupted
      this.#note()
    })
    this.#world.sends.watch(({ tab, file }) => {
      if (tab !== this.process.name || !this.#isPaused(file)) return
      this.#world.problems.push(`PAUSED ${file}: bytes of it are sent`)
    })
  }

  /** A file that comes back as it was is not told of once more. */
  #takeBack(id: string, { successes = 0, failures = 0 }: Heard = {}): void {
    const status = this.plugin.uploads.get(id)?.status
    if (status === 'complete') this.#successes.set(id, successes)
    if (status === 'failed') this.#failures.set(id, failures)
  }

  #isPaused(name: string | undefined): boolean {
    const files = this.uppy.getFiles().filter((file) => file.name === name)
    return files.length > 0 && files.every(({ isPaused }) => isPaused)
  }

  #note(): void {
    if (!this.isOpen) return
    const { clock, see } = this.#world
    for (const { id, name, status, isRecovering, error = '' } of this.look()) {
      const text = `${status} ${isRecovering} ${error.slice(0, 40)}`
      if (this.#told.get(id) === text) continue
      this.#told.set(id, text)
      clock.trace.add(clock.now, `${this.process.name} ${name} ${text}`)
      see(`state:${status}`)
      if (isRecovering) see('state:recovering')
    }
  }

  #signIn(): Promise<void> {
    const { clock, servers, problems, scenario } = this.#world
    this.#signIns += 1
    // What signs downloads is apart from the uploads, and signs in for itself.
    const downloads = scenario.events.filter(({ kind }) => kind === 'download')
    if (this.#signIns > servers.endedSessions + downloads.length) {
      problems.push(`SIGN-IN ${this.#signIns} times for ${servers.endedSessions} ended sessions`)
    }
    return new Promise((resolve) => {
      clock.at(signInMs, () => {
        servers.isSignedIn = true
        resolve()
      })
    })
  }
}

function increase(counts: Map<string, number>, id: string): void {
  counts.set(id, (counts.get(id) ?? 0) + 1)
}
