import { Uppy } from '@uppy/core'
import type { Runtime } from '../../async/runtime.js'
import type { S3DirectUploadOptions } from '../../uppy/plugin-options.js'
import { S3DirectUpload } from '../../uppy/S3DirectUpload.js'
import { findPlugin } from '../options/find-plugin.js'
import type { AnyUppy, S3UploaderOptions } from '../options/s3-uploader-options.js'
import { sharedMetadata, toUppyLocale, toUppyRestrictions } from '../options/uppy-options.js'

/** Makes the Uppy instance of an uploader to which the app gave none. */
export function createUppy(
  options: S3UploaderOptions,
  {
    pluginOptions,
    runtime,
  }: { readonly pluginOptions: S3DirectUploadOptions; readonly runtime: Runtime },
): AnyUppy {
  const restrictions = toUppyRestrictions(options)
  const uppy: AnyUppy = new Uppy({
    restrictions,
    meta: { ...sharedMetadata(options) },
    locale: toUppyLocale(options.locale, restrictions, options.locale?.code),
    logger: silentLogger,
  })
  uppy.use(S3DirectUpload, pluginOptions, runtime)
  // At once: a server renders them, too.
  findPlugin(uppy)?.stored.set(options.value ?? options.defaultValue ?? [])
  return uppy
}

const endings = new WeakMap<AnyUppy, () => void>()

/**
 * Keeps an instance until the function it returns is called, then destroys it and calls `onEnd`.
 *
 * That is no cancel: transfers stop, and what is unfinished in the bucket stays there to be continued.
 *
 * React's StrictMode unmounts and mounts again at once: a call in between saves the instance.
 */
export function keepAlive(
  uppy: AnyUppy,
  { onEnd, runtime }: { readonly onEnd: () => void; readonly runtime: Pick<Runtime, 'setTimer'> },
): () => void {
  endings.get(uppy)?.()
  const end = () => {
    const plugin = findPlugin(uppy)
    // Before Uppy, at its own end, has everything cancelled.
    if (plugin) uppy.removePlugin(plugin)
    uppy.destroy()
    onEnd()
  }
  return () => {
    endings.set(uppy, runtime.setTimer(end, 0))
  }
}

/** Uppy would print every failed upload; here it is in the list, and told to the app. */
const silentLogger = { debug: () => {}, warn: () => {}, error: () => {} }
