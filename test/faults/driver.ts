import Uppy from '@uppy/core'
import { S3DirectUpload, type UploadRecord } from 's3-direct-upload/uppy'

/** What is seen of one file in a tab. */
export interface SeenFile {
  readonly name: string
  readonly status: UploadRecord['status']
  /** Where it lies, once it is complete. */
  readonly key?: string
  readonly error?: string
  /** How often Uppy was told that it is uploaded. */
  readonly successes: number
}

/** An uploader with a user's hands on it; it runs in the page. */
export interface Driver {
  add(files: readonly File[]): void
  pause(name: string): void
  resume(name: string): void
  pauseAll(): void
  resumeAll(): void
  remove(name: string): void
  cancelAll(): void
  /** Retries what has failed. */
  retry(): void
  /** Gives up what earlier pages have left unfinished; tells how many uploads that were. */
  discardInterrupted(): Promise<number>
  look(): SeenFile[]
}

export interface DriverOptions {
  readonly endpoint: string
  /** @default that of the product */
  readonly concurrency?: number
  readonly checksum: boolean
}

/** What fails is looked at, not read. */
const silent = { debug: () => undefined, warn: () => undefined, error: () => undefined }

export function createDriver(options: DriverOptions): Driver {
  const uppy = new Uppy({ logger: silent }).use(S3DirectUpload, {
    ...options,
    autoUpload: true,
    onUnauthorized: () => signIn(options.endpoint),
  })
  const plugin =
    uppy.getPlugin<S3DirectUpload<Record<string, unknown>, Record<string, never>>>('S3DirectUpload')
  if (!plugin) throw new Error('The plugin is not installed.')
  const successes = new Map<string, number>()
  uppy.on('upload-success', (file) => {
    if (file) successes.set(file.id, (successes.get(file.id) ?? 0) + 1)
  })
  uppy.on('file-removed', ({ id }) => successes.delete(id))
  // The rows are there before Uppy has the files.
  const idOf = (name: string) =>
    plugin.uploads.ids.find((id) => plugin.uploads.get(id)?.name === name)
  const setPaused = (name: string, isPaused: boolean) => {
    const id = idOf(name)
    if (id !== undefined) plugin.setPaused(id, isPaused)
  }
  return {
    add: (files) => plugin.addFiles(files.map((file) => ({ file }))),
    pause: (name) => setPaused(name, true),
    resume: (name) => setPaused(name, false),
    pauseAll: () => uppy.pauseAll(),
    resumeAll: () => uppy.resumeAll(),
    remove(name) {
      const id = idOf(name)
      if (id !== undefined) plugin.remove(id)
    },
    cancelAll: () => uppy.cancelAll(),
    retry: () => void uppy.retryAll(),
    async discardInterrupted() {
      await plugin.prepare()
      const { interrupted } = plugin.uploads
      await Promise.all(interrupted.map(({ uploadId }) => plugin.interrupted.discard(uploadId)))
      return interrupted.length
    },
    look: () =>
      plugin.uploads.ids.flatMap((id) => {
        const record = plugin.uploads.get(id)
        return record ? [{ ...describe(record), successes: successes.get(id) ?? 0 }] : []
      }),
  }
}

/** As a user would who is asked to: until it works. */
async function signIn(endpoint: string): Promise<void> {
  const url = endpoint.replace(/api\/s3$/, 'sign-in')
  while (
    !(await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    ))
  ) {
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
}

function describe(record: UploadRecord): Omit<SeenFile, 'successes'> {
  const { name, status } = record
  if (record.status === 'complete') return { name, status, key: record.object.key }
  const error = record.status === 'failed' ? record.error : undefined
  return { name, status, ...(error && { error: `${error.code}: ${error.message}` }) }
}
