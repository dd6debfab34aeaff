'use client'

import { useEffect, useReducer, useState } from 'react'
import type { S3DirectUploadOptions } from '../../uppy/plugin-options.js'
import { S3DirectUpload } from '../../uppy/S3DirectUpload.js'
import { useRuntime } from '../base/RuntimeContext.js'
import { findPlugin, type UploadPlugin } from '../options/find-plugin.js'
import type { AnyUppy, S3UploaderOptions } from '../options/s3-uploader-options.js'
import { refuseConflicts } from '../options/uppy-options.js'
import { updatePlugin } from './update-plugin.js'
import { createUppy, keepAlive } from './uppy-instance.js'
import { usePluginOptions } from './usePluginOptions.js'
import { useUppyOptions } from './useUppyOptions.js'

/** An Uppy instance and its plugin, which is missing during the first render on an app's instance that had none. */
export interface UppyInstance {
  readonly uppy: AnyUppy
  readonly plugin: UploadPlugin | undefined
}

/** The Uppy instance of an uploader, its own or the app's, kept in step with the options. */
export function useUppyInstance(options: S3UploaderOptions): UppyInstance {
  const pluginOptions = usePluginOptions(options)
  const runtime = useRuntime()
  const uppy = useOwnUppy(options, pluginOptions)
  const plugin = findPlugin(uppy)
  if (options.uppy) refuseConflicts(options.uppy, options)
  if (!plugin) requireEndpoint(pluginOptions)

  const [, renderAgain] = useReducer((count: number) => count + 1, 0)
  useEffect(() => {
    const installed = findPlugin(uppy)
    if (installed) updatePlugin(installed, pluginOptions)
    else {
      // Not while rendering: others may be listening to the app's instance.
      uppy.use(S3DirectUpload, requireEndpoint(pluginOptions), runtime)
      renderAgain()
    }
  }, [uppy, pluginOptions, runtime])
  useUppyOptions(uppy, options)

  return { uppy, plugin }
}

/** The app's instance, or one that lives as long as the component. */
function useOwnUppy(
  options: S3UploaderOptions,
  pluginOptions: Partial<S3DirectUploadOptions>,
): AnyUppy {
  const runtime = useRuntime()
  const create = () =>
    createUppy(options, { pluginOptions: requireEndpoint(pluginOptions), runtime })
  const [own, setOwn] = useState(() => (options.uppy ? undefined : create()))
  const uppy = options.uppy ?? own ?? create()
  const nextOwn = options.uppy ? undefined : uppy
  if (nextOwn !== own) setOwn(nextOwn)

  useEffect(() => {
    if (!own) return
    const onEnd = () => setOwn((latest) => (latest === own ? undefined : latest))
    return keepAlive(own, { onEnd, runtime })
  }, [own, runtime])

  return uppy
}

/** The options with which a plugin can be made. */
function requireEndpoint(options: Partial<S3DirectUploadOptions>): S3DirectUploadOptions {
  const { endpoint } = options
  if (endpoint) return { ...options, endpoint }
  throw new Error(
    's3-direct-upload: no `endpoint` is given, so the uploads cannot be signed. Give the URL of your signing ' +
      'endpoint, such as `/api/s3`, or add the `S3DirectUpload` plugin to the `uppy` you pass.',
  )
}
