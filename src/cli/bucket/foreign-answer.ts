import { rootOf, type S3Answer } from '../../s3-client/s3-answer.js'

/** Says in sentences that no storage wrote an answer, and what to do about it. */
export function explainForeign(answer: S3Answer, url: URL): string {
  return `Something answers in the place of the storage: ${describeForeign(answer)}. ${foreignRemedy(answer, url)}`
}

/** Says what came in the place of an answer of S3, such as `403 with a page of HTML, "Sign in" (server: squid)`. */
export function describeForeign({ status, headers, body }: S3Answer): string {
  const server = headers.get('server')
  const by = server ? ` (server: ${shortened(server)})` : ''
  return `${status}${what(status, headers, body)}${by}`
}

/** Says what to do about it. */
export function foreignRemedy({ status, headers }: S3Answer, url: URL): string {
  const target = targetOf(headers, url)
  if (target && target.host === url.host && target.protocol !== url.protocol) {
    return `Write ${target.protocol} instead of ${url.protocol} in AWS_ENDPOINT_URL_S3.`
  }
  if (status === 407) return 'Sign in to the proxy, or have it let requests to the storage through.'
  return `Look whether AWS_ENDPOINT_URL_S3 is the address of the storage itself, not of its console, and for a proxy, a firewall or the sign-in of a network between here and ${url.host}.`
}

function what(status: number, headers: Headers, body: string): string {
  if (status === 407) return ', the wish of a proxy to sign in'
  const location = headers.get('location')
  if (location) return `, a redirect to ${withoutQuery(location)}`
  const [, title] = /<title[^>]*>([^<]*)/i.exec(body) ?? []
  if (title?.trim()) return ` with a page of HTML, "${shortened(title.trim())}"`
  if (/<html|<!doctype html/i.test(body)) return ' with a page of HTML'
  if (body.trim() === '') return ' without a document'
  const root = rootOf({ body })
  return root ? ` with the document ${shortened(root.name)}` : ' with something else than XML'
}

function targetOf(headers: Headers, url: URL): URL | undefined {
  const location = headers.get('location')
  return location !== null && URL.canParse(location, url) ? new URL(location, url) : undefined
}

/** A query may hold a signature. */
function withoutQuery(location: string): string {
  return shortened(location.replace(/[?#].*$/s, ''))
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ')
  return line.length > 80 ? `${line.slice(0, 79)}…` : line
}
