import { callSafely } from '../async/call-safely.js'
import type { Runtime } from '../async/runtime.js'
import { isChecksumSupported } from './checksum/checksum.js'
import type { Digest } from './checksum/sha256-base64.js'
import { beginSession, createAskEndpoint } from './endpoint/ask-endpoint.js'
import type { SigningClientOptions } from './endpoint/endpoint-request.js'
import { createUploadClient } from './endpoint/upload-client.js'
import type { UploadEngineOptions } from './engine-options.js'
import type { UploadEvent } from './events/upload-event.js'
import { InterruptedUploads, type InterruptedUploadsOptions } from './resume/interrupted-uploads.js'
import { createLazyResumption, type LazyResumption } from './resume/lazy-resumption.js'
import { resumeDatabaseMayExist } from './resume/resume-database.js'
import type { UploadIds } from './resume/resumption.js'
import type { UploadResumptionOptions } from './resume/stored-resumption.js'
import type { UploadStore } from './store/upload-store.js'
import type { Probe } from './transfer/explain-network-error.js'
import type { HttpTransport } from './transfer/http-transport.js'
import { createXhrTransport } from './transfer/xhr-transport.js'
import { UploadEngine } from './upload-engine.js'

/** What the app may choose. */
export interface EngineSettings extends Omit<SigningClientOptions, 'fetch'> {
  readonly concurrency?: number | undefined
  readonly transport?: HttpTransport | undefined
  readonly checksum?: boolean | undefined
  readonly resume?: boolean | undefined
  readonly retryBudgetSeconds?: number | undefined
  readonly onEvent?: ((event: UploadEvent) => unknown) | undefined
}

/** What the plugin gives the engine. */
interface EngineOptions {
  readonly store: UploadStore
  readonly runtime: Runtime
  /** Asked at every use, so that the options may change meanwhile. */
  readonly options: () => EngineSettings
  /** Hears what continues the upload of a file after a reload. */
  readonly onSaved: UploadResumptionOptions['onSaved']
  readonly onPartStored: UploadEngineOptions['onPartStored']
  /** Adds a file of an interrupted upload and starts it. */
  readonly addAndStart: InterruptedUploadsOptions['addAndStart']
  /** What the app makes of each file before it is signed. */
  readonly preparation: UploadEngineOptions['preparation']
  /** Computes SHA-256. @default by Web Crypto */
  readonly digest?: Digest | undefined
  /** @default over the browser's own database and locks */
  readonly resumption?: LazyResumption | undefined
}

/** The engine, and what can be done with the interrupted uploads. */
export interface Engine {
  readonly engine: UploadEngine
  readonly interrupted: InterruptedUploads
}

/** Puts the engine together from what the browser offers. */
export function createEngine({
  store,
  runtime,
  options,
  onSaved,
  onPartStored,
  preparation,
  addAndStart,
  digest,
  ...given
}: EngineOptions): Engine {
  const { concurrency, retryBudgetSeconds } = options()
  const canDigest = digest !== undefined || isChecksumSupported()
  const xhrTransport = createXhrTransport(runtime)
  const tell = (event: UploadEvent) => callSafely(() => options().onEvent?.(event))
  const onLost = (file: UploadIds) => engine.yieldToOtherTab(file)
  const onOutdated = (uploadId: string) => void interrupted.discard(uploadId)
  const noteSaved: EngineOptions['onSaved'] = (file, record) => {
    if (record) interrupted.unlist(record.uploadId)
    onSaved(file, record)
  }
  const resumption =
    given.resumption ??
    createResumption(options, { runtime, digest, onSaved: noteSaved, onLost, onOutdated })
  const engine = new UploadEngine({
    store,
    onPartStored,
    preparation,
    tell,
    client: createUploadClient(createAskEndpoint(options, beginSession(runtime, tell))),
    transport: { send: (request) => (options().transport ?? xhrTransport).send(request) },
    concurrency,
    policy: retryBudgetSeconds === undefined ? {} : { budgetSeconds: retryBudgetSeconds },
    runtime,
    digest,
    explain: createExplainLater(runtime),
    wantsChecksums: () => (options().checksum ?? true) && canDigest,
    resumption,
  })
  const { aborts } = engine
  const records = resumption?.records
  const interrupted = new InterruptedUploads({ store, records, aborts, addAndStart, runtime })
  return { engine, interrupted }
}

/** Only a secure context can tell a file by its fingerprint. */
function createResumption(
  options: () => EngineSettings,
  {
    runtime,
    ...facts
  }: Pick<UploadResumptionOptions, 'onSaved' | 'onLost' | 'onOutdated' | 'digest'> & {
    readonly runtime: Runtime
  },
): LazyResumption | undefined {
  const { resume = true } = options()
  const canDigest = facts.digest !== undefined || isChecksumSupported()
  if (!resume || !globalThis.indexedDB || !canDigest) return undefined
  return createLazyResumption({
    mayHoldRecords: resumeDatabaseMayExist,
    runtime,
    async load() {
      const { createBrowserResumption } = await import('./resume/stored-resumption.js')
      const endpoint = () => absolute(options().endpoint)
      return createBrowserResumption({ endpoint, ...facts }, runtime)
    },
  })
}

/** What explains a failure is loaded at the first that is final; without it the error stays as it is. */
function createExplainLater(runtime: Runtime): UploadEngineOptions['explain'] {
  let probe: Probe | undefined
  return async (error, storage) => {
    if (error.code !== 'network') return error
    const { createProbe, explainNetworkError } = await import('./transfer/explain-network-error.js')
    probe ??= createProbe(runtime)
    return await explainNetworkError(error, probe, storage)
  }
}

/** The same endpoint, whichever page of the app began the upload. */
function absolute(endpoint: string): string {
  return new URL(endpoint, globalThis.document?.baseURI).href
}
