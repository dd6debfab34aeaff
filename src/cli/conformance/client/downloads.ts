import { fail } from './conformance-rule.js'
import { codeOf, described, fieldOf } from './expectations.js'
import type { Identity, Subject } from './subject.js'

/** Where one file can be downloaded. */
interface Download {
  readonly key: string
  readonly url: string
}

/** Has downloads signed; one entry per file, refused ones among them. */
export async function requestSignDownloads(
  subject: Subject,
  files: readonly unknown[],
  as?: Identity,
): Promise<readonly object[]> {
  const answer = await subject.ask({ body: { operation: 'sign-downloads', files }, as })
  if (answer.status !== 200)
    fail(`sign-downloads was answered with ${described(answer)}, not with 200.`)
  const entries = fieldOf(answer.json, 'files')
  if (!Array.isArray(entries) || entries.length !== files.length) {
    return fail(`The answer to sign-downloads has no list of ${files.length} entries in "files".`)
  }
  return entries.map((entry: unknown) => (typeof entry === 'object' && entry !== null ? entry : {}))
}

/** Demands that a download was signed. */
export function requireDownload(entry: object | undefined, what: string): Download {
  const code = codeOf(entry)
  if (code !== undefined) fail(`${what} was refused with ${code}.`)
  const [key, url, life] = ['key', 'url', 'expiresInSeconds'].map((name) => fieldOf(entry, name))
  if (typeof key !== 'string') return fail(`${what} was answered without its key.`)
  if (typeof url !== 'string' || !/^https?:\/\//.test(url))
    return fail(`${what} was answered without a URL.`)
  if (typeof life !== 'number' || life < 1) fail(`${what} was answered without expiresInSeconds.`)
  return { key, url }
}
