import { memoize } from '../async/memoize.js'
import { type Runtime, systemRuntime } from '../async/runtime.js'
import { resolveOptions, type SigningConfig } from './config/signing-config.js'
import type { Caller } from './contract/caller.js'
import type { JsonObject } from './contract/json.js'
import type { SigningHandler } from './contract/signing-handler.js'
import type { SigningOptions } from './contract/signing-options.js'
import { misconfigured, packageRefusal, toSigningError } from './errors/signing-error.js'
import { logError } from './events/report-error.js'
import { type OperationWatch, watchOperation } from './events/watch-operation.js'
import { authorizeCaller } from './http/authorize-caller.js'
import { errorResponse, jsonResponse } from './http/json-response.js'
import { readJsonBody, requireJsonContentType } from './http/request-body.js'
import { corsHeaders, preflightResponse, requireAllowedOrigin } from './http/request-origin.js'
import { parseOperation, runOperation } from './operations/run-operation.js'

/**
 * Creates the endpoint that signs uploads: a function from `Request` to `Promise<Response>` that never rejects.
 *
 * Options that are given as a function are read at the first request, so a framework that loads its routes while it
 * builds needs no variables then. While they are unusable, each request is logged and answered with `misconfigured`.
 *
 * @example
 * export const POST = createSigningHandler(() => ({
 *   ...configFromEnv(), // of `s3-direct-upload/server/node`
 *   authorize: async (request) => {
 *     const user = await userOf(request) // your session
 *     return user && { owner: user.id }
 *   },
 *   rules: { maxFileSize: '5GB' },
 * }))
 * @throws TypeError that lists every unusable option, unless the options are given as a function.
 */
export function createSigningHandler<
  AppCaller extends Caller = Caller,
  Metadata extends JsonObject = Readonly<Record<string, string>>,
  Result = unknown,
>(
  options:
    | SigningOptions<AppCaller, Metadata, Result>
    | (() => SigningOptions<AppCaller, Metadata, Result>),
): SigningHandler<Result> {
  if (typeof options !== 'function') return createHandler(options, systemRuntime)
  const handler = memoize(() => createHandler(options(), systemRuntime))
  return async (request) => {
    try {
      return await handler()(request)
    } catch (cause) {
      logError(cause)
      return errorResponse(misconfigured(cause))
    }
  }
}

/** Creates the endpoint with the timers and the chance of a runtime, which apps cannot choose. */
function createHandler<AppCaller extends Caller, Metadata extends JsonObject, Result>(
  options: SigningOptions<AppCaller, Metadata, Result>,
  runtime: Runtime,
): SigningHandler<Result> {
  return createConfiguredHandler(resolveOptions(options, runtime))
}

/** Creates the endpoint from options that are resolved already. */
export function createConfiguredHandler(
  config: SigningConfig,
): (request: Request) => Promise<Response> {
  return async (request) => {
    const response = await watchedAnswer(request, config)
    for (const [name, value] of corsHeaders(request, config)) response.headers.set(name, value)
    return response
  }
}

async function watchedAnswer(request: Request, config: SigningConfig): Promise<Response> {
  const { name: handler, now, reportEvent } = config
  const watch = watchOperation({ handler, now, reportEvent })
  try {
    const response = await answer(request, config, watch)
    // A preflight is no operation.
    if (request.method !== 'OPTIONS') watch.ended('ok', response.status)
    return response
  } catch (thrown) {
    const error = toSigningError(thrown, config.onError)
    const response = errorResponse(error)
    watch.ended(error.code, response.status)
    return response
  }
}

async function answer(
  request: Request,
  config: SigningConfig,
  watch: OperationWatch,
): Promise<Response> {
  requireKnownMethod(request)
  requireAllowedOrigin(request, config)
  if (request.method === 'OPTIONS') return preflightResponse(request)
  requireJsonContentType(request)
  const operation = parseOperation(await readJsonBody(request, config.runtime))
  watch.parsed(operation)
  const caller = await authorizeCaller(request, config.authorize)
  watch.authorized(caller)
  return jsonResponse(await runOperation(operation, { caller, config, request, now: config.now() }))
}

function requireKnownMethod({ method }: Request): void {
  if (method === 'POST' || method === 'OPTIONS') return
  throw packageRefusal(
    'method-not-allowed',
    `this endpoint answers POST, not ${method}. Send every operation as a POST; export OPTIONS too for pages of another origin.`,
  )
}
