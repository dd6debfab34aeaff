import type { CompleteUploadsResponse } from '../../../../src/protocol/responses.js'
import type { Caller } from '../caller.js'
import type { HeldUpload } from '../held-upload.js'
import type { ScenarioUpload } from '../server-scenario.js'
import { list } from './list.js'
import { retryPauseMs } from './retrying.js'
import { send } from './send.js'

const maxTries = 6

type Entry = CompleteUploadsResponse['uploads'][number]

/** Has what is held completed: what goes in one request together, each upload in parts alone. */
export async function complete(
  caller: Caller,
  { patienceMs }: { readonly patienceMs?: number },
): Promise<void> {
  const open = caller.uploads.flatMap((upload) => {
    const held = caller.held.get(upload.name)
    return held && !isOver(caller, upload) ? [{ upload, held }] : []
  })
  const inParts = open.filter(({ held }) => held.signed.method === 'MULTIPART')
  const others = open.filter(({ held }) => held.signed.method !== 'MULTIPART')
  const batches = [...(others.length > 0 ? [others] : []), ...inParts.map((each) => [each])]
  for (const batch of batches) await completeBatch(caller, batch, patienceMs)
}

/** Complete may be confirmed once more. */
function isOver({ ends }: Caller, { name }: ScenarioUpload): boolean {
  const end = ends.get(name)
  return end !== undefined && end !== 'complete'
}

type Batch = readonly { readonly upload: ScenarioUpload; readonly held: HeldUpload }[]

async function completeBatch(
  caller: Caller,
  batch: Batch,
  patienceMs: number | undefined,
): Promise<void> {
  let left = batch
  for (let tries = 1; tries <= maxTries && left.length > 0; tries += 1) {
    const uploads = left.map(({ held }) => ({ token: held.signed.token }))
    const answered = await caller.ask(
      { operation: 'complete-uploads', uploads },
      { patienceMs: tries === 1 ? patienceMs : undefined },
    )
    const entries = answered.response?.uploads ?? []
    const missing = left.filter((each, index) => takeEntry(caller, each, entries[index]))
    left = left.filter(({ upload }) => !caller.ends.has(upload.name))
    if (left.length === 0) return
    await caller.wait(retryPauseMs(tries))
    if (missing.length === 0) continue
    await list(caller, {})
    await send(caller, {})
  }
}

/** Takes an answer, and says whether bytes have to be sent before the caller asks again. */
function takeEntry(
  { ends }: Caller,
  { upload, held }: Batch[number],
  entry: Entry | undefined,
): boolean {
  if (!entry || 'state' in entry) return false
  if ('receipt' in entry) {
    held.receipt = entry.receipt
    ends.set(upload.name, 'complete')
    return false
  }
  const { code, retryable } = entry.error
  if (code === 'upload-not-found' || code === 'parts-missing') {
    if (held.signed.method !== 'MULTIPART') held.sentParts.clear()
    return true
  }
  if (!retryable) ends.set(upload.name, code)
  return false
}
