'use client'

import { useCore } from '../../context/UploaderContext.js'

/** The file inputs of the other triggers. Renders an `<input>` for each. */
export function ExtraInputs() {
  const { extraSources, getInputProps } = useCore()
  return extraSources.map((source) => <input key={source} {...getInputProps({}, source)} />)
}
