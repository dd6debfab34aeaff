type Facts = Readonly<Record<string, unknown>>

/**
 * Reads the HTTP status that a framework's refusal carries: a `Response`, an error or a redirect, thrown or returned.
 *
 * Some have it themselves, as `status` (Express, Hono, SvelteKit), `statusCode` (h3, Nest) or a numeric `code` (Feathers),
 * some in a part of theirs: `output` (Boom), `init` (React Router), `response` (ky, axios) or `res` (Hono).
 */
export function httpStatusOf(refusal: unknown): number | undefined {
  if (!isObject(refusal)) return undefined
  const { status, statusCode, code, digest } = refusal
  const parts = [refusal.output, refusal.init, refusal.response, refusal.res].filter(isObject)
  const inParts = parts.flatMap((part) => [part.status, part.statusCode])
  return [status, statusCode, code, ...inParts, statusOfDigest(digest)].find(isRefusalStatus)
}

/**
 * Next.js throws errors that a digest tells apart, of `redirect()`, `unauthorized()`, `forbidden()` and `notFound()`.
 *
 * @see https://github.com/vercel/next.js/blob/canary/packages/next/src/client/components/http-access-fallback/http-access-fallback.ts
 */
function statusOfDigest(digest: unknown): number | undefined {
  if (typeof digest !== 'string') return undefined
  if (digest.startsWith('NEXT_REDIRECT')) return 307
  const [, status] = /^NEXT_HTTP_ERROR_FALLBACK;(\d{3})$/.exec(digest) ?? []
  return status === undefined ? undefined : Number(status)
}

function isRefusalStatus(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 300 && Number(value) <= 599
}

function isObject(value: unknown): value is Facts {
  return typeof value === 'object' && value !== null
}
