import { createHash } from 'node:crypto'
import type { Random } from '../support/random.js'
import { bucket, md5Of, type Send, targetOf, textsOf } from './client.js'
import type { Content, Ledger } from './ledger.js'

const bodySizes = [0, 1000, 1000, 1000, 4321, 1_500_000] as const
const partSizes = [1, 1000, 1000, 70_000] as const

/** What a worker needs. */
export interface WorkerSetup {
  readonly send: Send
  readonly ledger: Ledger
  readonly random: Random
  /** The keys that it alone changes. */
  readonly keys: readonly [string, ...string[]]
  readonly isOver: () => boolean
}

/** Overwrites, deletes, copies and uploads in parts, one request after the other, until the server is gone. */
export async function work(setup: WorkerSetup): Promise<void> {
  const steps = [
    overwrite,
    overwrite,
    overwrite,
    remove,
    copy,
    uploadInParts,
    uploadInParts,
  ] as const
  while (!setup.isOver()) await setup.random.pick(steps)(setup)
}

async function overwrite({ send, ledger, random, keys }: WorkerSetup): Promise<void> {
  const key = random.pick(keys)
  const body = bytesOf(random, random.pick(bodySizes))
  await ledger.change(key, body, () =>
    send('PUT', targetOf(key), { body, headers: headersOf(body) }),
  )
}

async function remove({ send, ledger, random, keys }: WorkerSetup): Promise<void> {
  const key = random.pick(keys)
  await ledger.change(key, undefined, () => send('DELETE', targetOf(key)))
}

async function copy({ send, ledger, random, keys }: WorkerSetup): Promise<void> {
  const [from, to] = [random.pick(keys), random.pick(keys)]
  const content = ledger.confirmed(from)
  if (from === to || !content) return
  const headers = { 'x-amz-copy-source': `/${targetOf(from)}` }
  await ledger.change(to, content, () => send('PUT', targetOf(to), { headers }))
}

async function uploadInParts(setup: WorkerSetup): Promise<void> {
  const { send, ledger, random, keys } = setup
  const key = random.pick(keys)
  const creation = await send('POST', targetOf(key, '?uploads'))
  if (!ledger.expectOk(creation, `begin ${key}`)) {
    ledger.unansweredCreations += 1
    return
  }
  const [uploadId = ''] = textsOf(creation.text, 'UploadId')
  ledger.uploads.set(uploadId, { key, parts: new Map(), isEnding: false })
  const count = random.integer(2, 3)
  for (let sent = 0; sent < count + 2; sent++) {
    // The last ones replace others, of which some have the same size.
    if (!(await sendPart(setup, uploadId, 1 + (sent % count)))) return
  }
  const end = random.pick([completeUpload, completeUpload, abortUpload, undefined])
  await end?.(setup, uploadId)
}

async function sendPart(
  { send, ledger, random }: WorkerSetup,
  uploadId: string,
  partNumber: number,
): Promise<boolean> {
  const upload = ledger.uploads.get(uploadId)
  if (!upload) return false
  const body = bytesOf(random, random.pick(partSizes))
  const confirmed = upload.parts.get(partNumber)?.confirmed
  upload.parts.set(partNumber, { confirmed, pending: body })
  const query = `?partNumber=${partNumber}&uploadId=${uploadId}`
  const answer = await send('PUT', targetOf(upload.key, query), { body })
  const isConfirmed = ledger.expectOk(answer, `part of ${upload.key}`)
  if (isConfirmed) upload.parts.set(partNumber, { confirmed: body })
  return isConfirmed
}

/** Completes an upload of which every part is confirmed. */
export async function completeUpload(
  { send, ledger }: Pick<WorkerSetup, 'send' | 'ledger'>,
  uploadId: string,
): Promise<void> {
  const upload = ledger.uploads.get(uploadId)
  const parts = [...(upload?.parts ?? [])].sort(([a], [b]) => a - b)
  const contents = parts.map(([, part]) => (part.pending ? undefined : part.confirmed))
  if (!upload || contents.length === 0 || contents.includes(undefined)) return
  const listed = parts.map(
    ([number], index) =>
      `<Part><PartNumber>${number}</PartNumber><ETag>${md5Of(contents[index] ?? new Uint8Array())}</ETag></Part>`,
  )
  const body = `<CompleteMultipartUpload>${listed.join('')}</CompleteMultipartUpload>`
  upload.isEnding = true
  const query = `?uploadId=${uploadId}`
  const isDone = await ledger.change(upload.key, joined(contents), () =>
    send('POST', targetOf(upload.key, query), { body }),
  )
  if (isDone) ledger.uploads.delete(uploadId)
}

async function abortUpload({ send, ledger }: WorkerSetup, uploadId: string): Promise<void> {
  const upload = ledger.uploads.get(uploadId)
  if (!upload) return
  upload.isEnding = true
  const answer = await send('DELETE', targetOf(upload.key, `?uploadId=${uploadId}`))
  if (ledger.expectOk(answer, `abort ${upload.key}`)) ledger.uploads.delete(uploadId)
}

/** Makes and removes buckets, and sets the rules of one, until the server is gone. */
export async function workOnBuckets({ send, ledger, isOver }: WorkerSetup): Promise<void> {
  for (let days = 1; !isOver(); days++) {
    const body = `<LifecycleConfiguration><Rule><Status>Enabled</Status><Filter><Prefix>x</Prefix></Filter><Expiration><Days>${days}</Days></Expiration></Rule></LifecycleConfiguration>`
    const headers = { 'content-md5': createHash('md5').update(body).digest('base64') }
    await ledger.change(lifecycleKey, new Uint8Array([days]), () =>
      send('PUT', `${bucket}?lifecycle`, { body, headers }),
    )
    const name = `other-${days % 3}`
    const content = ledger.confirmed(bucketKey(name)) ? undefined : new Uint8Array()
    await ledger.change(bucketKey(name), content, () => send(content ? 'PUT' : 'DELETE', name))
  }
}

/** Under which name the ledger has the days of the lifecycle rule; no object has it. */
export const lifecycleKey = '\0lifecycle'

/** Under which name the ledger has a bucket. */
export const bucketKey = (name: string) => `\0bucket ${name}`

/** The metadata with which an object is told from others of the same bytes, should records be mixed up. */
function headersOf(body: Uint8Array): Record<string, string> {
  return { 'x-amz-meta-md5': md5Of(body) }
}

function bytesOf(random: Random, size: number): Uint8Array<ArrayBuffer> {
  // Each block is another one, and no two bodies are the same.
  const block = Buffer.from(`${random.share()} `.repeat(20))
  return new Uint8Array(Buffer.alloc(size, block))
}

function joined(contents: readonly Content[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.concat(contents.map((content) => content ?? new Uint8Array())))
}
