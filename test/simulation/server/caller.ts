import { createHash } from 'node:crypto'
import type { OperationResponses } from '../../../src/protocol/operations.js'
import { parseErrorResponse, parseResponse } from '../../../src/protocol/parse.js'
import type { OperationName, OperationRequest } from '../../../src/protocol/requests.js'
import { mebibyte } from '../../../src/s3/byte-units.js'
import { createRandom } from '../../support/random.js'
import { Process } from '../clock/process.js'
import { contentOf } from '../world/content-of.js'
import { operationOf } from '../world/operation-of.js'
import { type CallerAnswer, CallerRequest } from './caller-request.js'
import type { HeldUpload } from './held-upload.js'
import type { CallerScript, ScenarioUpload } from './server-scenario.js'
import type { ServerWorld } from './server-world.js'

/** What a handler has answered to a request as a whole. */
export type Answered<Name extends OperationName> =
  | { readonly response: OperationResponses[Name]; readonly code?: undefined }
  | { readonly response?: undefined; readonly code: string; readonly isRetryable: boolean }

interface AskOptions {
  /** Then it is given up. @default as long as a page waits */
  readonly patienceMs?: number | undefined
  /** Whether it is made with what belongs to another owner. */
  readonly isTheft?: boolean
}

const pagePatienceMs = 120_000
const endpointUrl = 'https://app.test/api/s3'

/** A client that speaks the protocol itself. */
export class Caller {
  readonly world: ServerWorld
  readonly script: CallerScript
  readonly process: Process
  readonly uploads: readonly ScenarioUpload[]
  /** What it holds, by the names of the uploads. */
  readonly held = new Map<string, HeldUpload>()
  /** How each upload ended: `complete`, `aborted`, or the code of the last refusal. */
  readonly ends = new Map<string, string>()
  /** How often it has asked to have its uploads signed. */
  signs = 0
  readonly #contents = new Map<ScenarioUpload, Uint8Array<ArrayBuffer>>()

  constructor(world: ServerWorld, script: CallerScript) {
    this.world = world
    this.script = script
    this.process = new Process(script.name)
    const { uploads } = world.scenario
    this.uploads = uploads.filter(({ name }) => script.uploads.includes(name))
  }

  /** Asks a handler. */
  async ask<Request extends OperationRequest>(
    request: Request,
    { patienceMs = pagePatienceMs, isTheft = false }: AskOptions = {},
  ): Promise<Answered<Request['operation']>> {
    const { world, process, script } = this
    const { clock, calls, backend, sights } = world
    const { operation } = request
    clock.trace.add(clock.now, `${script.name} ${operation}`)
    const answer = await new CallerRequest(world, {
      process,
      leg: 'endpoint',
      operation,
      patienceMs,
      insteadOfAnswer: () => (world.isEndpointDown() ? { status: 502, text: '' } : undefined),
      deliver: (take) => {
        const call = calls.open({ owner: script.owner, request, isTheft })
        sights.see(`call:${operation}`)
        const controller = new AbortController()
        const body = JSON.stringify(request)
        const headers = {
          'content-type': 'application/json',
          'x-call': String(call.number),
          'x-owner': script.owner,
        }
        const { signal } = controller
        const server = backend.servers.answer(
          () => new Request(endpointUrl, { method: 'POST', headers, body, signal }),
          (given) => {
            call.endedMs = clock.now
            call.answer = given
            take(given)
          },
        )
        call.server = server
        const abandon = () => {
          if (!world.scenario.server.hearsGivingUp) return
          if (call.endedMs === undefined) call.abandonedMs = clock.now
          controller.abort()
        }
        return { server, abandon }
      },
    }).answer
    const answered = read<Request['operation']>(operation, answer)
    clock.trace.add(clock.now, `${script.name} ${operation} ${answered.code ?? 'ok'}`)
    return answered
  }

  /** Sends bytes to S3, as it was signed. */
  send(request: {
    readonly method: 'POST' | 'PUT'
    readonly url: string
    readonly headers: Readonly<Record<string, string>>
    readonly body: Uint8Array<ArrayBuffer>
  }): Promise<CallerAnswer | undefined> {
    const { world, process } = this
    const { clock, backend } = world
    const { url, ...init } = request
    return new CallerRequest(world, {
      process,
      leg: 's3',
      operation: operationOf(request),
      patienceMs: pagePatienceMs,
      insteadOfAnswer: () => (backend.isStorageDown() ? { status: 503, text: '' } : undefined),
      deliver: (take) => {
        backend.storage.answer(
          () => new Request(url, init),
          clock.now,
          (response) => void pass(response, take),
        )
        return {}
      },
    }).answer
  }

  /** Waits in a task of its own. */
  wait(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.world.clock.at(delayMs, resolve, { process: this.process })
    })
  }

  /** The file of an upload. */
  bytesOf(upload: ScenarioUpload): Uint8Array<ArrayBuffer> {
    const bytes = this.#contents.get(upload) ?? bytesOfUpload(this.world.scenario.seed, upload)
    this.#contents.set(upload, bytes)
    return bytes
  }
}

/** The file of an upload. */
export function bytesOfUpload(seed: number, upload: ScenarioUpload): Uint8Array<ArrayBuffer> {
  return contentOf(`${seed} ${upload.name}`, sizeOfUpload(upload))
}

/** The size of its file. */
export function sizeOfUpload({ mebibytes, bytes }: ScenarioUpload): number {
  return mebibytes * mebibyte + bytes
}

/** The id that all its callers use. */
export function idOfUpload(seed: number, { name }: Pick<ScenarioUpload, 'name'>): string {
  const random = createRandom(`id ${seed} ${name}`)
  const digits = Array.from({ length: 32 }, () => random.integer(0, 15).toString(16)).join('')
  const groups = [digits.slice(0, 8), digits.slice(8, 12), `4${digits.slice(13, 16)}`]
  return [...groups, `8${digits.slice(17, 20)}`, digits.slice(20)].join('-')
}

/** SHA-256 in base64. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64')
}

async function pass(response: Response, take: (answer: CallerAnswer) => void): Promise<void> {
  const { status } = response
  take({ status, text: await response.text() })
}

function read<Name extends OperationName>(
  operation: Name,
  answer: CallerAnswer | undefined,
): Answered<Name> {
  const lost = { code: 'no-answer', isRetryable: true }
  const json = parsedJson(answer?.text)
  if (!answer || json === undefined) return lost
  const refusal = parseErrorResponse(json)
  if (refusal.ok) {
    const { code, retryable } = refusal.value.error
    return { code, isRetryable: retryable }
  }
  const parsed = parseResponse(operation, json)
  return parsed.ok ? { response: parsed.value } : lost
}

function parsedJson(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}
