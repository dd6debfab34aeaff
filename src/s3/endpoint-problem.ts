import { isProviderHost } from './provider-host.js'

/**
 * Says why an endpoint cannot be used, as sentences that follow its name; `undefined` where it can be or is left out.
 * Without a bucket, it is not looked for in the endpoint.
 */
export function endpointProblem(endpoint: string | undefined, bucket?: string): string | undefined {
  if (endpoint === undefined) return undefined
  const at = endpoint.lastIndexOf('@')
  if (at >= 0) {
    const [scheme = 'https://'] = /^https?:\/\//i.exec(endpoint) ?? []
    const rest = `${scheme}${endpoint.slice(at + 1)}`
    return `Has a user name or a password in it, which every browser would get. Pass them as credentials, and write the endpoint without them: "${rest}".`
  }
  const url = parseEndpoint(endpoint)
  if (url === undefined) {
    return `"${endpoint}" is not a URL. Write it with its scheme: "https://s3.example.com".`
  }
  const rest = bucket === undefined ? undefined : endpointWithoutBucket(url, bucket)
  if (rest === undefined) return undefined
  return `"${endpoint}" contains the bucket "${bucket}" already, so that it would be named twice. Leave it out: "${rest}".`
}

/** Reads an endpoint; `undefined` where it is no URL of the web. */
export function parseEndpoint(endpoint: string): URL | undefined {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') return undefined
  url.search = ''
  url.hash = ''
  return url
}

/** Returns the endpoint as it should be where the bucket stands in its path or its host; `undefined` where it does not. */
export function endpointWithoutBucket(endpoint: URL, bucket: string): string | undefined {
  const { protocol, host, pathname } = endpoint
  const path = pathname.replace(/\/+$/, '')
  if (path.endsWith(`/${bucket}`)) return `${protocol}//${host}${path.slice(0, -bucket.length - 1)}`
  const start = `${bucket.toLowerCase()}.`
  const rest = host.slice(start.length)
  if (!host.startsWith(start) || !isProviderHost(rest.replace(/:\d+$/, ''))) return undefined
  return `${protocol}//${rest}${path}`
}
