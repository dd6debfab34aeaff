import type { Body, Meta, UppyFile } from '@uppy/core'
import type { FileFacts } from '../upload/store/upload-record.js'

/** What the engine needs to know of an Uppy file. */
export function factsOf<M extends Meta, B extends Body>(
  file: UppyFile<M, B>,
): Omit<FileFacts, 'id' | 'uploadId'> {
  const { name, type, relativePath, ...rest } = file.meta
  const source = file.isRemote ? undefined : file.data
  return {
    name: name || file.name,
    type: type ?? file.type,
    size: source?.size ?? file.size ?? 0,
    relativePath: relativePath || undefined,
    metadata: textValues(rest),
    source,
  }
}

/** The wire carries texts alone; what is no single value stays in the page. */
function textValues(meta: Readonly<Record<string, unknown>>): Record<string, string> | undefined {
  const texts = Object.entries(meta).flatMap(([name, value]): [string, string][] => {
    const isSingle =
      typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    return isSingle ? [[name, String(value)]] : []
  })
  return texts.length > 0 ? Object.fromEntries(texts) : undefined
}
