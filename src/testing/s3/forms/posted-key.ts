import type { ParsedRequest } from '../http/parsed-request.js'
import { TestS3Error } from '../model/test-s3-error.js'
import { readPostForm } from './post-form.js'

/** Reads the key of a posted form, and returns the request with its body as it was. */
export async function peekPostedKey(
  request: ParsedRequest,
): Promise<{ readonly key?: string; readonly request: ParsedRequest }> {
  const source = request.body[Symbol.asyncIterator]()
  const seen: Promise<IteratorResult<Uint8Array>>[] = []
  const recorder = {
    next() {
      const result = source.next()
      seen.push(result)
      return result
    },
  }
  const body = { [Symbol.asyncIterator]: () => recorder }
  const key = await readKey({ ...request, body })
  return { key, request: { ...request, body: replay(seen, source) } }
}

async function readKey(request: ParsedRequest): Promise<string | undefined> {
  try {
    return (await readPostForm(request)).key
  } catch (error) {
    // The next reader of the form finds the same mistake.
    if (error instanceof TestS3Error) return undefined
    throw error
  }
}

async function* replay(
  seen: readonly Promise<IteratorResult<Uint8Array>>[],
  source: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    for (const result of seen) {
      const { done, value } = await result
      if (done) return
      yield value
    }
    for (let next = await source.next(); !next.done; next = await source.next()) yield next.value
  } finally {
    await source.return?.()
  }
}
