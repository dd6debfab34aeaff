import type { Body, Meta, Uppy } from '@uppy/core'

/** Tells Uppy whether uploads can be paused and resumed. */
export function setResumable<M extends Meta, B extends Body>(
  uppy: Uppy<M, B>,
  resumableUploads: boolean,
): void {
  const { capabilities } = uppy.getState()
  uppy.setState({ capabilities: { ...capabilities, resumableUploads } })
}
