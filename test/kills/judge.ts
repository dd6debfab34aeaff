import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { bucket, md5Of, type Send, targetOf, textsOf } from './client.js'
import type { Content, Ledger } from './ledger.js'
import { bucketKey, completeUpload, lifecycleKey } from './worker.js'

/** What a killed test S3 has left, and the one that has started on it since. */
export interface Scene {
  readonly send: Send
  readonly ledger: Ledger
  readonly directory: string
}

/** Looks at everything after a start, and says what is lost, mixed or left over. */
export async function judge(scene: Scene): Promise<readonly string[]> {
  const { ledger } = scene
  const problems = [
    ...ledger.problems.splice(0),
    ...(await judgeBuckets(scene)),
    ...(await judgeObjects(scene)),
    ...(await judgeUploads(scene)),
    ...(await leftovers(scene)),
  ]
  // Those that were open are completed: their bytes show whether parts are mixed.
  for (const uploadId of [...ledger.uploads.keys()]) await completeUpload(scene, uploadId)
  return [...problems, ...ledger.problems.splice(0), ...(await judgeObjects(scene))]
}

async function judgeObjects({ send, ledger }: Scene): Promise<readonly string[]> {
  const listed = textsOf((await send('GET', `${bucket}?list-type=2`))?.text ?? '', 'Key')
  const keys = new Set([...ledger.keys.filter((key) => !key.startsWith('\0')), ...listed])
  const problems: (string | undefined)[] = []
  for (const key of keys) {
    const answer = await send('GET', targetOf(key))
    const found: Content = answer?.ok ? new Uint8Array(answer.bytes) : undefined
    problems.push(ledger.settle(key, found))
    if (listed.includes(key) !== (found !== undefined)) problems.push(`lost: ${key} is only listed`)
    if (found) problems.push(mixtureIn(key, found, answer?.headers ?? new Headers()))
  }
  return problems.flatMap((problem) => problem ?? [])
}

/** Whether the record of an object is that of its bytes. */
function mixtureIn(key: string, bytes: Uint8Array, headers: Headers): string | undefined {
  const etag = (headers.get('etag') ?? '').replaceAll('"', '')
  const given = headers.get('x-amz-meta-md5')
  const md5 = md5Of(bytes)
  const isRight = etag.includes('-') || etag === md5
  return isRight && (given === null || given === md5)
    ? undefined
    : `mixed: ${key} has the ETag ${etag}, the metadata ${given}, and bytes of ${md5}`
}

async function judgeBuckets({ send, ledger }: Scene): Promise<readonly string[]> {
  const names = textsOf((await send('GET', ''))?.text ?? '', 'Name')
  const rules = await send('GET', `${bucket}?lifecycle`)
  const [days] = textsOf(rules?.text ?? '', 'Days')
  const lifecycle = days === undefined ? undefined : new Uint8Array([Number(days)])
  const problems = [
    names.includes(bucket) ? undefined : `lost: the bucket ${bucket}`,
    ledger.settle(lifecycleKey, lifecycle),
    ...['other-0', 'other-1', 'other-2'].map((name) =>
      ledger.settle(bucketKey(name), names.includes(name) ? new Uint8Array() : undefined),
    ),
  ]
  return problems.flatMap((problem) => problem ?? [])
}

async function judgeUploads({ send, ledger }: Scene): Promise<readonly string[]> {
  const problems: string[] = []
  const listing = (await send('GET', `${bucket}?uploads`))?.text ?? ''
  const listed = textsOf(listing, 'UploadId').filter((id) => id !== '')
  const strangers = listed.filter((id) => !ledger.uploads.has(id))
  if (strangers.length > ledger.unansweredCreations)
    problems.push(`mixed: ${strangers.length} uploads that nobody has begun, or that have ended`)
  ledger.unansweredCreations = 0
  for (const [uploadId, upload] of ledger.uploads) {
    if (!listed.includes(uploadId)) {
      if (!upload.isEnding) problems.push(`lost: the upload of ${upload.key}`)
      ledger.uploads.delete(uploadId)
      continue
    }
    upload.isEnding = false
    const answer = await send('GET', targetOf(upload.key, `?uploadId=${uploadId}`))
    const numbers = textsOf(answer?.text ?? '', 'PartNumber').map(Number)
    const etags = textsOf(answer?.text ?? '', 'ETag')
    const found = new Map(numbers.map((number, index) => [number, etags[index] ?? '']))
    for (const [number, part] of upload.parts) {
      const etag = found.get(number)?.replace(/&quot;|"/g, '')
      const content = [part.confirmed, part.pending].find((one) => one && md5Of(one) === etag)
      if (etag === undefined && !part.confirmed) upload.parts.delete(number)
      else if (content) upload.parts.set(number, { confirmed: content })
      else problems.push(`${etag ? 'mixed' : 'lost'}: part ${number} of ${upload.key}`)
    }
  }
  // They can be told by nothing but their ids, and nobody needs them.
  for (const uploadId of strangers) {
    const [key = ''] =
      new RegExp(`<Key>([^<]*)</Key><UploadId>${uploadId}<`).exec(listing)?.slice(1) ?? []
    await send('DELETE', targetOf(key, `?uploadId=${uploadId}`))
  }
  return problems
}

/** Files of which no object, part or record knows. */
async function leftovers({ send, directory }: Scene): Promise<readonly string[]> {
  const incoming = await readdir(join(directory, '.s3-direct-upload/incoming'))
  const entries = await readdir(join(directory, bucket), { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  const listed = textsOf((await send('GET', `${bucket}?list-type=2`))?.text ?? '', 'Key')
  return [
    ...incoming.map((name) => `left over: ${name}`),
    ...(files.length === listed.length
      ? []
      : [`left over: ${files.length} files of ${listed.length} objects`]),
  ]
}
