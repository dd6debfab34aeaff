import { mapConcurrently } from '../../../../src/async/map-concurrently.js'
import type { SignedMultipart, SignedPart } from '../../../../src/protocol/responses.js'
import { SimulatedBlob, SimulatedForm } from '../../page/blob.js'
import { encodeForm } from '../../page/encode-form.js'
import { type Caller, sha256Of } from '../caller.js'
import type { HeldUpload } from '../held-upload.js'
import type { ScenarioUpload } from '../server-scenario.js'
import { retryPauseMs } from './retrying.js'

const maxTries = 4
const maxConcurrentParts = 6

/** Sends the bytes of what is signed, or the first share of the parts; with bytes too many it is an attack. */
export async function send(
  caller: Caller,
  { share = 1, extraBytes = 0 }: { readonly share?: number; readonly extraBytes?: number },
): Promise<void> {
  const work = caller.uploads.flatMap((upload) => {
    const held = caller.held.get(upload.name)
    return held && !caller.ends.has(upload.name) ? [{ upload, held }] : []
  })
  await mapConcurrently(work, {
    limit: 3,
    map: ({ upload, held }) =>
      held.signed.method === 'MULTIPART'
        ? sendParts(caller, { upload, held, signed: held.signed, share, extraBytes })
        : sendWhole(caller, { upload, held, extraBytes }),
  })
}

interface Sending {
  readonly upload: ScenarioUpload
  readonly held: HeldUpload
  readonly extraBytes: number
}

async function sendWhole(caller: Caller, { upload, held, extraBytes }: Sending): Promise<void> {
  if (held.sentParts.has(1)) return
  const { signed } = held
  if (signed.method === 'MULTIPART') return
  const bytes = lengthened(caller.bytesOf(upload), extraBytes)
  const { url } = signed
  for (let tries = 1; tries <= maxTries; tries += 1) {
    const answer = await caller.send(
      signed.method === 'PUT'
        ? { method: 'PUT', url, headers: signed.headers, body: bytes }
        : { method: 'POST', url, ...formOf(signed.fields, bytes) },
    )
    if (answer && answer.status < 300) held.sentParts.add(1)
    // A refused condition says that it has arrived before.
    if (answer?.status === 412) held.sentParts.add(1)
    if (answer && answer.status < 500) return
    await caller.wait(retryPauseMs(tries))
  }
}

function formOf(fields: Readonly<Record<string, string>>, bytes: Uint8Array<ArrayBuffer>) {
  const form = new SimulatedForm()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  form.append('file', new SimulatedBlob([bytes]))
  const { bytes: body, contentType } = encodeForm(form)
  return { body, headers: { 'content-type': contentType } }
}

async function sendParts(
  caller: Caller,
  {
    share,
    signed,
    ...sending
  }: Sending & { readonly share: number; readonly signed: SignedMultipart },
): Promise<void> {
  const { partCount } = signed
  const last = Math.ceil(partCount * share)
  const numbers = Array.from({ length: last }, (_, index) => index + 1)
  const missing = numbers.filter((number) => !sending.held.sentParts.has(number))
  await mapConcurrently(missing, {
    limit: maxConcurrentParts,
    map: (partNumber) => sendPart(caller, { ...sending, signed, partNumber }),
  })
}

async function sendPart(
  caller: Caller,
  part: Sending & { readonly signed: SignedMultipart; readonly partNumber: number },
): Promise<void> {
  const { upload, held, signed, partNumber, extraBytes } = part
  const { partSizeBytes, token } = signed
  const start = (partNumber - 1) * partSizeBytes
  const bytes = caller.bytesOf(upload).slice(start, start + partSizeBytes)
  let ready = signed.parts?.find((each) => each.partNumber === partNumber)
  for (let tries = 1; tries <= maxTries; tries += 1) {
    ready ??= await signPart(caller, token, { partNumber, checksum: sha256Of(bytes) })
    if (!ready) return
    const { url, headers } = ready
    const body = lengthened(bytes, extraBytes)
    const answer = await caller.send({ method: 'PUT', url, headers, body })
    if (answer && answer.status < 300) held.sentParts.add(partNumber)
    if (answer && answer.status < 300) return
    if (answer?.status === 404) return
    // A signature that has ended, or one more that the line has lost.
    if (answer?.status === 403) ready = undefined
    await caller.wait(retryPauseMs(tries))
  }
}

async function signPart(
  caller: Caller,
  token: string,
  part: { readonly partNumber: number; readonly checksum: string },
): Promise<SignedPart | undefined> {
  for (let tries = 1; tries <= maxTries; tries += 1) {
    const answered = await caller.ask({ operation: 'sign-parts', token, parts: [part] })
    if (answered.response) return answered.response.parts[0]
    if (!answered.isRetryable) return undefined
    await caller.wait(retryPauseMs(tries))
  }
  return undefined
}

function lengthened(bytes: Uint8Array<ArrayBuffer>, extraBytes: number): Uint8Array<ArrayBuffer> {
  if (extraBytes === 0) return bytes
  const longer = new Uint8Array(bytes.length + extraBytes)
  longer.set(bytes)
  return longer
}
