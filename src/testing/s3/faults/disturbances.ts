import type { ParsedRequest } from '../http/parsed-request.js'
import { emptyResponse } from '../http/s3-response.js'
import { TestS3Error } from '../model/test-s3-error.js'
import type { Connection } from './connection.js'
import type { BodyPoint, FaultEffect } from './fault-effect.js'

/**
 * Does to a request what comes before its work.
 *
 * @returns an answer where there is to be no work.
 * @throws TestS3Error when the fault refuses it; rejects when the connection has ended.
 */
export async function disturbRequest(
  request: ParsedRequest,
  connection: Connection,
): Promise<Response | undefined> {
  const { effect } = connection
  switch (effect?.kind) {
    case 'refuse': {
      const { code, message = 'A fault of the test S3.', status, headers } = effect
      throw new TestS3Error(code, message, {}, { status, headers })
    }
    case 'close-after':
    case 'stall-after':
      await readUpTo(effect, request)
      if (effect.kind === 'close-after') connection.cut()
      await connection.wait()
      return undefined
    case 'offline':
      connection.cut()
      await connection.wait()
      return undefined
    case 'slow-line':
      await connection.waitInFault((effect.roundTripMs ?? 0) / 2)
      return undefined
    case 'cors-off':
      if (request.method === 'OPTIONS') throw withoutCors()
      return undefined
    case 'empty-answer':
      return effect.work === 'skipped' ? emptyResponse(200) : undefined
    default:
      return undefined
  }
}

/** Returns the setup that a request is served with: of `clock`, one whose time is wrong. */
export function disturbClock<Setup extends { readonly now: () => number }>(
  setup: Setup,
  effect: FaultEffect | undefined,
): Setup {
  if (effect?.kind !== 'clock') return setup
  const aheadMs = effect.aheadSeconds * 1000
  return { ...setup, now: () => setup.now() + aheadMs }
}

/** Does to an answer what comes after the work; rejects when it is lost. */
export async function disturbAnswer(
  response: Response,
  { connection, isRefusal }: { readonly connection: Connection; readonly isRefusal: boolean },
): Promise<Response> {
  const { effect } = connection
  try {
    if (effect?.kind === 'delay') await connection.wait(effect.delayMs)
    if (effect?.kind === 'slow-line') await connection.waitInFault((effect.roundTripMs ?? 0) / 2)
    if (effect?.kind === 'lose-answer') connection.cut()
    if (connection.isCut) await connection.wait()
  } catch (reason) {
    await response.body?.cancel()
    throw reason
  }
  if (effect?.kind !== 'empty-answer' || isRefusal) return response
  await response.body?.cancel()
  return emptyResponse(response.status)
}

async function readUpTo(point: BodyPoint, { body, contentLength }: ParsedRequest): Promise<void> {
  const {
    fraction = 0,
    bytes = Math.floor(fraction * (contentLength ?? Number.POSITIVE_INFINITY)),
  } = point
  if (!(bytes > 0)) return
  let received = 0
  for await (const chunk of body) {
    received += chunk.byteLength
    if (received >= bytes) return
  }
}

function withoutCors(): TestS3Error {
  return new TestS3Error('AccessForbidden', 'CORSResponse: CORS is not enabled for this bucket.', {
    ResourceType: 'OBJECT',
  })
}
