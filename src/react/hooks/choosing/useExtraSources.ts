'use client'

import { useSyncExternalStore } from 'react'
import type { ExtraSource } from '../../base/trigger-sources.js'
import { useStable } from '../../base/useStable.js'
import type { S3UploaderOptions } from '../../options/s3-uploader-options.js'
import { restrictionsOf } from '../../options/uppy-options.js'

/** A phone or tablet: what is touched, and has no pointer that hovers. */
const touchScreen = '(pointer: coarse) and (hover: none)'

/** Where else than from the usual dialog files can come. */
export function useExtraSources(options: S3UploaderOptions): readonly ExtraSource[] {
  const { directory, camera = 'auto' } = options
  const isTouched = useSyncExternalStore(ignore, isTouchScreen, isNotKnown)
  const types = restrictionsOf(options).allowedFileTypes ?? ['*/*']
  const isForCameras = types.every((type) => /^(?:image|video)\//.test(type))
  const hasCamera = camera === 'auto' ? isTouched && isForCameras : camera
  const sources: ExtraSource[] = []
  if (directory === 'both') sources.push('folder')
  if (hasCamera) sources.push('camera')
  return useStable(sources)
}

const ignore = () => () => {}
const isTouchScreen = () => globalThis.matchMedia?.(touchScreen).matches ?? false
const isNotKnown = () => false
