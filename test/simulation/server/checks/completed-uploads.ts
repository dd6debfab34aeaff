import { verifyReceipt } from 's3-direct-upload/server'
import { startMs } from '../../clock/virtual-runtime.js'
import { bucket } from '../../world/object-storage.js'
import { bytesOfUpload, idOfUpload } from '../caller.js'
import type { ServerRun } from '../run-server-scenario.js'
import { answeredWith } from './call-entries.js'

/** What was called complete must be there for good, with the bytes sent, a receipt that verifies, and the app told. */
export async function completedUploads({ world }: ServerRun): Promise<string[]> {
  const { calls, history, app, backend, scenario } = world
  const { seed, uploads } = scenario
  const problems: string[] = []
  const stored = new Map((await backend.storage.s3.objects(bucket)).map((each) => [each.key, each]))
  const contents = new Map(uploads.map((upload) => [idOfUpload(seed, upload), upload]))
  for (const { call, endedMs, response } of answeredWith(calls.calls, 'complete-uploads')) {
    for (const entry of response.uploads) {
      if (!('receipt' in entry)) continue
      const { id, key, etag, size, receipt } = entry
      const { owner } = call
      const told = app.told.get(key) ?? []
      const wasTold = told.some((each) => each.owner === owner && each.atMs <= endedMs)
      if (!wasTold) problems.push(`TOLD ${key} is complete, and the app has not heard of it`)
      const then = history.objectAt(key, endedMs)
      if (then?.size !== size || `"${then.etag}"` !== etag) {
        problems.push(`LOST ${key} was called complete, and was not there`)
      }
      const object = stored.get(key)
      if (!object) problems.push(`LOST ${key} was complete, and is not there any more`)
      const upload = contents.get(id)
      if (object && upload) {
        const bytes = await new Response(await object.body()).arrayBuffer()
        const isSame = Buffer.from(bytes).equals(bytesOfUpload(seed, upload))
        if (!isSame) problems.push(`BYTES ${key} has other bytes than ${upload.name}`)
      }
      const proof = { receipt, owner, key, endedMs, secrets: backend.servers.secrets }
      problems.push(...(await receiptProblems(proof)))
    }
  }
  return problems
}

async function receiptProblems({
  receipt,
  owner,
  key,
  endedMs,
  secrets,
}: {
  readonly receipt: string
  readonly owner: string
  readonly key: string
  readonly endedMs: number
  readonly secrets: readonly string[]
}): Promise<string[]> {
  const now = () => new Date(startMs + endedMs)
  const facts = { secret: secrets, now }
  const problems: string[] = []
  const own = await verifyReceipt(receipt, { ...facts, owner }).catch(String)
  if (typeof own === 'string' || own.key !== key) problems.push(`RECEIPT ${key}: ${String(own)}`)
  const others = await verifyReceipt(receipt, { ...facts, owner: `not ${owner}` }).catch(String)
  if (typeof others !== 'string') problems.push(`RECEIPT ${key} is good for another owner`)
  return problems
}
