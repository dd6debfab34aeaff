import type { IncomingMessage, ServerResponse } from 'node:http'

/**
 * The names that lead to this machine whatever a DNS server says, `localhost` with every name below it.
 *
 * A page of another site can have its own name lead here (DNS rebinding), and is then of the same origin as this server.
 * The browser still sends the page's name as `Host`.
 *
 * @see https://datatracker.ietf.org/doc/html/rfc6761#section-6.3
 */
export const loopbackHosts: readonly string[] = ['localhost', '127.0.0.1', '[::1]']

/** Tells whether a request is for one of these hosts, on any port. */
export function isForHost({ headers }: IncomingMessage, hosts: readonly string[]): boolean {
  const address = `http://${headers.host ?? ''}`
  const name = URL.canParse(address) ? new URL(address).hostname : ''
  return hosts.includes(name) || (name.endsWith('.localhost') && hosts.includes('localhost'))
}

/** Refuses a request for another host. */
export function refuseHost(response: ServerResponse, hosts: readonly string[]): void {
  response
    .writeHead(421, { 'content-type': 'text/plain', connection: 'close' })
    .end(`This server answers requests for ${hosts.join(', ')} alone.\n`)
}
