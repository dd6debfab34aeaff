import { authorizeCaller } from './authorize-caller.js'
import { errorResponse, jsonResponse } from './json-response.js'
import { parseOperation, runOperation } from './operation.js'
import { readJsonBody, requireJsonContentType } from './request-body.js'
import { corsHeaders, preflightResponse, requireAllowedOrigin } from './request-origin.js'
import { resolveOptions, type SigningConfig } from './signing-config.js'
import { SigningError, toSigningError } from './signing-error.js'
import type { SigningOptions } from './signing-options.js'

/**
 * Creates the endpoint that signs uploads: a function from `Request` to `Promise<Response>` that never rejects.
 *
 * @example
 * export const POST = createSigningHandler({
 *   bucket: 'my-files',
 *   region: 'eu-west-1',
 *   credentials: { accessKeyId, secretAccessKey },
 *   secret: process.env.S3_UPLOAD_SECRET,
 *   authorize: async (request) => ({ owner: (await session(request)).userId }),
 * })
 * @throws TypeError that lists every unusable option.
 */
export function createSigningHandler(
  options: SigningOptions,
): (request: Request) => Promise<Response> {
  return createConfiguredHandler(resolveOptions(options))
}

/** Creates the endpoint from options that are resolved already. */
export function createConfiguredHandler(
  config: SigningConfig,
): (request: Request) => Promise<Response> {
  return async (request) => {
    const response = await answer(request, config).catch((thrown: unknown) =>
      errorResponse(toSigningError(thrown, config.onError)),
    )
    for (const [name, value] of corsHeaders(request, config)) response.headers.set(name, value)
    return response
  }
}

async function answer(request: Request, config: SigningConfig): Promise<Response> {
  requireKnownMethod(request)
  requireAllowedOrigin(request, config)
  if (request.method === 'OPTIONS') return preflightResponse(request)
  requireJsonContentType(request)
  const operation = parseOperation(await readJsonBody(request))
  const caller = await authorizeCaller(request, config.authorize)
  return jsonResponse(await runOperation(operation, { caller, config, request, now: config.now() }))
}

function requireKnownMethod({ method }: Request): void {
  if (method === 'POST' || method === 'OPTIONS') return
  throw new SigningError('method-not-allowed', `This endpoint answers POST, not ${method}.`)
}
