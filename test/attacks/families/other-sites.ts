import { type AttackFamily, ignoredIf } from '../attack.js'
import { claimsOf, fileOf, refusalIn, type Sending } from '../attack-client.js'
import type { AttackTarget } from '../attack-target.js'

const evil = 'https://evil.example'
const signing = () => ({ operation: 'sign-uploads', files: [fileOf()] })

/** Sends a good request once for each set of headers. */
async function sendEach(
  target: AttackTarget,
  headers: readonly NonNullable<Sending['headers']>[],
  sending: Sending = {},
): Promise<readonly string[]> {
  const endings: string[] = []
  for (const added of headers) {
    const answer = await target.send(signing(), { ...sending, headers: added })
    endings.push(refusalIn(answer))
    const allowed = answer.headers['access-control-allow-origin']
    if (allowed !== undefined) endings.push(`${allowed} may read the answer`)
  }
  return endings
}

/** Acting for a signed-in visitor from the page of another site. */
export const otherSites: AttackFamily = {
  name: 'other sites',
  attacks: [
    {
      tries: 'sends JSON as what a form can send',
      ends: 'unsupported-media-type',
      attempt: (target) =>
        sendEach(
          target,
          [
            ...[
              'text/plain',
              'application/x-www-form-urlencoded',
              'multipart/form-data; boundary=a',
            ],
            ...[
              'text/plain; application/json',
              'text/plain, application/json',
              'application/json, a/b',
            ],
            ...[
              'text/plain;charset=application/json',
              'application/jsonp',
              'application/json-x',
              '',
            ],
            ...['application/x-json', 'text/json', 'application/ld+json', undefined, '*/*', 'json'],
          ].map((type) => ({ 'content-type': type })),
        ),
    },
    {
      tries: 'posts a form',
      ends: 'unsupported-media-type',
      attempt: async (target) => {
        const form =
          'operation=sign-uploads&files[0][name]=a&{"operation":"abort-uploads","tokens":["a'
        const headers = { 'content-type': 'application/x-www-form-urlencoded' }
        return refusalIn(await target.send(form, { headers }))
      },
    },
    {
      tries: 'sends from another origin',
      ends: 'origin-not-allowed',
      attempt: (target) => {
        const { host, port } = new URL(target.origin)
        const origins = [
          ...[
            evil,
            'null',
            '',
            'file://',
            `https://${host}`,
            'http://127.0.0.1',
            'http://127.0.0.1:1',
          ],
          ...[`${target.origin}.evil.example`, `http://evil.example:${port}`, `${target.origin}/`],
          ...[
            `http://${host}@evil.example`,
            `${target.origin}, ${evil}`,
            `${evil}, ${target.origin}`,
          ],
          ...[
            target.origin.toUpperCase(),
            `http://localhost:${port}`,
            '*',
            '__proto__',
            target.origin.slice(0, -1),
          ],
        ]
        return sendEach(
          target,
          origins.map((origin) => ({ origin })),
        )
      },
    },
    {
      tries: 'sends from an origin that looks like one that is allowed',
      ends: 'origin-not-allowed',
      attempt: (target) => {
        const origins = [
          ...[
            'http://trusted.example',
            'https://trusted.example:444',
            'https://trusted.example.evil',
          ],
          ...['https://a.trusted.example', 'https://nottrusted.example', 'https://TRUSTED.example'],
          ...[
            'https://trusted.example/',
            'https://trusted.example@evil.example',
            'https://trusted',
            'null',
          ],
        ]
        return sendEach(
          target,
          origins.map((origin) => ({ origin })),
          { path: '/cors' },
        )
      },
    },
    {
      tries: 'sends without an origin what the browser says is of another site',
      ends: 'origin-not-allowed',
      attempt: (target) =>
        sendEach(
          target,
          ['cross-site', 'same-site', 'Same-Origin', 'same-origin, cross-site', '', 'anything'].map(
            (site) => ({ 'sec-fetch-site': site }),
          ),
        ),
    },
    {
      tries: 'makes a proxy’s headers name their own origin',
      ends: 'origin-not-allowed',
      attempt: (target) => {
        const spoofs: readonly Record<string, string>[] = [
          { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
          {
            'x-forwarded-host': 'evil.example',
            'x-forwarded-proto': 'https',
            'x-forwarded-port': '443',
          },
          { forwarded: 'host=evil.example;proto=https' },
          { 'x-original-host': 'evil.example', 'x-host': 'evil.example' },
          { 'x-original-url': `${evil}/`, 'x-rewrite-url': `${evil}/` },
          { 'x-forwarded-server': 'evil.example', referer: evil },
          { 'x-forwarded-for': '127.0.0.1', 'x-real-ip': '127.0.0.1' },
        ]
        return sendEach(
          target,
          spoofs.map((spoof) => ({ origin: evil, ...spoof })),
        )
      },
    },
    {
      tries: 'names their own host where the public origin is known',
      ends: 'origin-not-allowed',
      attempt: (target) =>
        sendEach(
          target,
          [
            { origin: 'http://evil.example', host: 'evil.example' },
            { origin: evil, host: 'evil.example', 'sec-fetch-site': 'same-origin' },
            { origin: target.origin },
          ],
          { path: '/public' },
        ),
    },
    {
      tries: 'is let in by a preflight',
      ends: 'origin-not-allowed',
      attempt: async (target) => {
        const endings: (readonly string[])[] = []
        for (const path of ['/', '/cors'] as const) {
          const headers = { origin: evil, 'access-control-request-method': 'POST' }
          endings.push(await sendEach(target, [headers], { path, method: 'OPTIONS' }))
        }
        return endings.flat()
      },
    },
    {
      tries: 'signs by a method that links and images send',
      ends: 'method-not-allowed',
      attempt: async (target) => {
        const endings: string[] = []
        for (const method of ['GET', 'PUT', 'DELETE', 'PATCH', 'PROPFIND', 'M-SEARCH']) {
          const headers = { 'x-http-method-override': 'POST', 'x-http-method': 'POST' }
          endings.push(refusalIn(await target.send(signing(), { method, headers })))
        }
        return endings
      },
    },
    {
      tries: 'does anything without being signed in',
      ends: 'unauthorized',
      attempt: async (target) => {
        const { token } = await target.upload()
        const requests = [
          signing(),
          { operation: 'complete-uploads', uploads: [{ token }] },
          { operation: 'abort-uploads', tokens: [token] },
          { operation: 'list-parts', token },
          { operation: 'sign-parts', token, parts: [{ partNumber: 1 }] },
          { operation: 'sign-downloads', files: [{ key: 'files/a' }] },
        ]
        const endings: string[] = []
        for (const request of requests) {
          const headers = { authorization: 'Bearer ada', cookie: 'user=ada; owner=ada' }
          endings.push(refusalIn(await target.send(request, { path: '/closed', headers })))
        }
        return endings
      },
    },
    {
      tries: 'names another owner in the body',
      ends: 'ignored',
      attempt: async (target) => {
        const body = { ...signing(), owner: 'ada', user: 'ada', caller: { owner: 'ada' } }
        const answer = await target.send(body)
        const { owner } = claimsOf(JSON.parse(answer.body).files[0].token)
        return ignoredIf(owner === 'mallory', `the owner is ${owner}`)
      },
    },
  ],
}
