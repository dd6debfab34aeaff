import { afterEach, describe, expect, test } from 'vitest'
import { runCli } from '../run-cli.js'
import { type ConformanceSite, refusal, startConformanceSite } from './conformance-site.js'

const url = 'https://app.example.com/api/s3'
const ann = ['--header', 'Cookie: user=ann']

interface Misfit {
  readonly what: string
  readonly answer: () => Response | Promise<Response>
  readonly args?: readonly string[]
  /** The sentence that names the URL and the way out. */
  readonly says: RegExp
}

const page = (status: number, headers: HeadersInit = {}) =>
  new Response('<!doctype html><title>App</title>', {
    status,
    headers: { 'content-type': 'text/html', ...headers },
  })
const failure = (code: string) => {
  throw new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) })
}

const misfits: readonly Misfit[] = [
  { what: 'a page that is not there', answer: () => page(404), says: /404 and a page of HTML/ },
  { what: 'a page of the app', answer: () => page(200), says: /200 and a page of HTML/ },
  {
    what: 'another API',
    answer: () => Response.json({ detail: 'Not Found' }, { status: 404 }),
    says: /404 and JSON of another form.*such as https:/,
  },
  {
    what: 'an API that answers everything with 200',
    answer: () => Response.json({ ok: true }),
    says: /200 and JSON of another form/,
  },
  { what: 'an empty answer', answer: () => new Response(null), says: /200 and no body/ },
  {
    what: 'a sign-in that pages are sent to',
    answer: () => new Response(null, { status: 302, headers: { location: '/login?to=secret' } }),
    says: /redirects to \/login\. .*--header/,
  },
  {
    what: 'an address without its last slash',
    answer: () => new Response(null, { status: 308, headers: { location: `${url}/` } }),
    says: /redirects to https:\/\/app\.example\.com\/api\/s3\/\. Name the URL that answers itself/,
  },
  {
    what: 'a port where nothing listens',
    answer: () => failure('ECONNREFUSED'),
    says: /nothing listens there \(ECONNREFUSED\)/,
  },
  { what: 'a host that is not there', answer: () => failure('ENOTFOUND'), says: /\(ENOTFOUND\)/ },
  {
    what: 'a certificate of its own',
    answer: () => failure('DEPTH_ZERO_SELF_SIGNED_CERT'),
    says: /NODE_EXTRA_CA_CERTS/,
  },
  {
    what: 'http instead of https',
    answer: () => failure('ERR_SSL_WRONG_VERSION_NUMBER'),
    says: /Write http: instead/,
  },
  {
    what: 'an endpoint for signed-in users',
    answer: () => refusal('unauthorized'),
    says: /signs nothing for strangers.*--header "Cookie/,
  },
  {
    what: 'a session that has ended',
    answer: () => refusal('unauthorized'),
    args: ann,
    says: /does not take what --header gives/,
  },
  { what: 'a plain 401', answer: () => page(401), says: /signs nothing for strangers/ },
  {
    what: 'an endpoint for one origin',
    answer: () => refusal('origin-not-allowed'),
    says: /origin-not-allowed\. .*--origin/,
  },
  {
    what: 'a server without its storage',
    answer: () => refusal('storage-refused'),
    says: /storage-refused\. The log of the server says more/,
  },
]

describe('conformance', () => {
  test.each(misfits)(
    'says once that the URL leads to $what',
    async ({ answer, args = [], says }) => {
      const fetch = async () => answer()
      const { exitCode, output } = await runCli(['conformance', url, ...args], { fetch })
      const failed = output.split('\n').filter((line) => line.startsWith('FAILED'))

      expect([exitCode, failed.length, output.split('\n').length]).toEqual([1, 1, 5])
      expect(output).toMatch(says)
      expect(output).toContain(url)
      expect(output).not.toContain('secret')
    },
  )
})

describe('conformance of a signing endpoint', () => {
  let site: ConformanceSite | undefined

  afterEach(async () => {
    await site?.close()
  })

  const check = async (...args: readonly string[]) => {
    const { output } = await runCli(['conformance', site?.url ?? '', '--json', ...args])
    const { results, notChecked } = JSON.parse(output)
    const failed = results.filter(({ state }: { state: string }) => state === 'fail')
    return { ids: failed.map(({ id }: { id: string }) => id), failed, notChecked }
  }

  test('that accepts other files says once how to name one', async () => {
    site = await startConformanceSite({ rules: { accept: ['image/png'] } })

    const { ids, failed } = await check(...ann)

    expect(ids).toEqual(['endpoint'])
    expect(failed[0].sentence).toMatch(/file-type-not-accepted\. .*--file-type/)
  })

  test('that signs for an address of its own network says so once', async () => {
    site = await startConformanceSite({ endpoint: 'http://127.0.0.1:9' })

    const { ids, failed } = await check(...ann)

    expect(ids).toEqual(['bucket'])
    expect(failed[0].sentence).toMatch(/The bucket is at 127\.0\.0\.1:9, which cannot be reached/)
  })

  test('without a level says once that it is not offered, and checks the others', async () => {
    site = await startConformanceSite({}, async (request, handler) => {
      const isParts = /"(?:sign|list)-parts"/.test(await request.clone().text())
      return isParts ? refusal('unsupported-operation') : handler(request)
    })

    const { ids, failed, notChecked } = await check(...ann, '--level', 'core', 'multipart')

    expect(ids).toEqual(['multipart-offered'])
    expect(failed[0].sentence).toMatch(/does not offer the level multipart: .* sign-parts/)
    expect(notChecked).toContain('multipart-round-trip')
    expect(notChecked).not.toContain('round-trip')
  })

  test('whose limit is below the size of a large file says so once', async () => {
    site = await startConformanceSite({ rules: { maxFileSize: '10MiB' } })

    const { ids, failed } = await check(...ann, '--level', 'multipart')

    expect(ids).toEqual(['multipart-offered'])
    expect(failed[0].sentence).toContain('--multipart-size')
  })

  test('that sends everything in one request does not reach the level multipart', async () => {
    site = await startConformanceSite({ multipartThreshold: false })

    expect((await check(...ann, '--level', 'multipart')).ids).toEqual(['multipart-offered'])
  })

  test('that lets nobody download does not reach the level downloads', async () => {
    site = await startConformanceSite({ authorizeDownload: () => false })

    const { ids, failed } = await check(...ann, '--level', 'downloads')

    expect(ids).toEqual(['downloads-offered'])
    expect(failed[0].sentence).toContain('authorizeDownload')
  })
})
