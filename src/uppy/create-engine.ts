import { createChecksummer, isChecksumSupported } from '../upload/checksum/checksum.js'
import { createAskEndpoint } from '../upload/endpoint/ask-endpoint.js'
import { createUploadClient } from '../upload/endpoint/upload-client.js'
import { createLazyResumption } from '../upload/resume/lazy-resumption.js'
import { resumeDatabaseMayExist } from '../upload/resume/resume-database.js'
import type { UploadResumptionOptions } from '../upload/resume/stored-resumption.js'
import type { UploadStore } from '../upload/store/upload-store.js'
import type { Probe } from '../upload/transfer/explain-network-error.js'
import { createXhrTransport } from '../upload/transfer/xhr-transport.js'
import { Uploader, type UploaderOptions } from '../upload/upload-engine.js'
import type { S3DirectUploadOptions } from './plugin-options.js'

/** What the plugin gives the engine. */
export interface EngineOptions {
  readonly store: UploadStore
  /** Asked at every use, so that the options may change meanwhile. */
  readonly options: () => S3DirectUploadOptions
  /** Hears what continues the upload of a file after a reload. */
  readonly onKept: UploadResumptionOptions['onKept']
  readonly onPartStored: UploaderOptions['onPartStored']
}

/** Puts the engine together from what the browser offers. */
export function createEngine({ store, options, onKept, onPartStored }: EngineOptions): Uploader {
  const { concurrency, retryBudgetSeconds, resume = true } = options()
  const xhrTransport = createXhrTransport()
  const uploader: Uploader = new Uploader({
    store,
    onPartStored,
    client: createUploadClient(createAskEndpoint(options)),
    transport: { send: (request) => (options().transport ?? xhrTransport).send(request) },
    concurrency,
    policy: retryBudgetSeconds === undefined ? {} : { budgetSeconds: retryBudgetSeconds },
    explain: createExplainLater(),
    checksums: createChecksummer(),
    wantsChecksums: () => (options().checksum ?? true) && isChecksumSupported(),
    // Only a secure context can tell a file by its fingerprint.
    resumption:
      resume && globalThis.indexedDB && isChecksumSupported()
        ? createLazyResumption({
            mayHoldRecords: resumeDatabaseMayExist,
            async load() {
              const { createBrowserResumption } = await import(
                '../upload/resume/browser-resumption.js'
              )
              return createBrowserResumption({
                endpoint: () => absolute(options().endpoint),
                onKept,
                onLost: (file) => uploader.yieldToOtherTab(file),
              })
            },
          })
        : undefined,
  })
  return uploader
}

/** What explains a failure is loaded at the first that is final; without it the error stays as it is. */
function createExplainLater(): UploaderOptions['explain'] {
  let probe: Probe | undefined
  return async (error, storage) => {
    if (error.code !== 'network') return error
    const { createProbe, explainNetworkError } = await import(
      '../upload/transfer/explain-network-error.js'
    )
    probe ??= createProbe()
    return await explainNetworkError(error, probe, storage)
  }
}

/** The same endpoint, whichever page of the app began the upload. */
function absolute(endpoint: string): string {
  return new URL(endpoint, globalThis.document?.baseURI).href
}
