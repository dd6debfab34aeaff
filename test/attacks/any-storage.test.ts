import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { credentials, file, secret } from '../server/handler-setup.js'
import { createPair, video } from '../server/multipart-setup.js'
import { answerFault } from './answer-fault.js'

// What S3 says is not trusted either: a proxy, a captive portal or another server may stand in its place.

const runs = { seed: 20_260_304, numRuns: 400 }

let strange: () => Promise<Response>
const honest = createPair({ options: { authorizeDownload: () => true } })
const deceived = createPair({
  options: {
    authorizeDownload: () => true,
    unclaimed: 'tag',
    fetch: () => strange(),
    contentCheck: async () => 'image/png',
  },
})
let tokens: { readonly small: string; readonly inParts: string }

beforeAll(async () => {
  const { files } = await honest.run('sign-uploads', { files: [file({ type: 'image/png' })] })
  const [small] = files
  if (small === undefined || 'error' in small) throw new Error('The file was not signed.')
  tokens = { small: small.token, inParts: (await honest.upload()).token }
})

const texts = fc.oneof(
  fc.constantFrom('', '0', '1', '-1', '1.5', '10001', '1e9', 'NaN', 'true', 'null', '"a"', ' 2 '),
  fc.constantFrom('1048576', '524288', '2621440', '1234', 'files/a', '../..', '&lt;', '&#xD800;'),
  fc.constantFrom('&#0;', '&amp;', '<a/>', ']]>', '<!-- -->', '<![CDATA[x]]>', '&evil;', '\uD800'),
  fc.string({ unit: 'binary', maxLength: 20 }),
)
const elements = [
  ...[
    'Part',
    'PartNumber',
    'Size',
    'ETag',
    'ChecksumSHA256',
    'IsTruncated',
    'NextPartNumberMarker',
  ],
  ...['Upload', 'Key', 'UploadId', 'Initiated', 'NextKeyMarker', 'NextUploadIdMarker', 'Location'],
  ...['Code', 'Message', 'RequestId', 'TagSet', 'Tag', 'Value', '__proto__', 'constructor'],
]
const roots = [
  ...['ListPartsResult', 'ListMultipartUploadsResult', 'InitiateMultipartUploadResult', 'Error'],
  ...['CompleteMultipartUploadResult', 'Tagging', 'html', 'x'],
]
const { xml } = fc.letrec<{ xml: string }>((tie) => ({
  xml: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    texts,
    fc
      .array(fc.tuple(fc.constantFrom(...elements), tie('xml')), { maxLength: 6 })
      .map((inner) => inner.map(([name, text]) => `<${name}>${text}</${name}>`).join('')),
  ),
}))
/** Mostly what S3 could say, so that what it could not say gets far. */
const plausible = (...values: readonly string[]) =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...values) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('-1', '0', '10001', '', '1e3', '99999999999999999999'),
    },
    { weight: 1, arbitrary: texts },
  )
const part = fc
  .tuple(plausible('1', '2', '3'), plausible('1048576', '524288'), plausible('"a"'))
  .map(
    ([number, size, etag]) =>
      `<Part><PartNumber>${number}</PartNumber><Size>${size}</Size><ETag>${etag}</ETag></Part>`,
  )
const upload = fc
  .tuple(plausible('files/a'), plausible('upload-1'), plausible('2026-03-04T05:06:07.000Z'))
  .map(
    ([key, id, time]) =>
      `<Upload><Key>${key}</Key><UploadId>${id}</UploadId><Initiated>${time}</Initiated></Upload>`,
  )
const listing = (root: string, item: fc.Arbitrary<string>) =>
  fc
    .tuple(fc.array(item, { maxLength: 3 }), plausible('false', 'true'), plausible('1', '2'))
    .map(([items, isTruncated, marker]) => {
      const next = ['NextPartNumberMarker', 'NextKeyMarker', 'NextUploadIdMarker']
        .map((name) => `<${name}>${marker}</${name}>`)
        .join('')
      return `<${root}>${items.join('')}<IsTruncated>${isTruncated}</IsTruncated>${next}</${root}>`
    })
const documents = fc.oneof(
  fc.tuple(fc.constantFrom(...roots), xml).map(([root, inner]) => `<${root}>${inner}</${root}>`),
  listing('ListPartsResult', part),
  listing('ListMultipartUploadsResult', upload),
  texts.map(
    (id) =>
      `<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`,
  ),
  fc
    .tuple(
      fc.constantFrom(
        'NoSuchUpload',
        'NoSuchKey',
        'AccessDenied',
        'SlowDown',
        'toString',
        'NotImplemented',
      ),
      texts,
    )
    .map(([code, text]) => `<Error><Code>${code}</Code><Message>${text}</Message></Error>`),
  fc.constantFrom('<a>'.repeat(1000), '<a>'.repeat(31), `<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>`),
  fc.string({ unit: 'binary', maxLength: 200 }),
)
const headerValues = fc.oneof(
  fc.constantFrom('1234', '2621440', '0', '-1', '1e3', 'NaN', '', '"etag"', 'W/"x"', 'image/png'),
  fc.constantFrom('video/mp4', 'bytes 0-0/1234', 'bytes 0-0/*', 'bytes 9-1/-5', 'a'.repeat(5000)),
  fc.string({ maxLength: 20 }),
)
const strangeHeaders = fc.dictionary(
  fc.constantFrom(
    ...['content-length', 'content-type', 'etag', 'content-range', 'x-amz-version-id'],
    ...['x-amz-checksum-sha256', 'x-amz-tagging-count', 'location', 'retry-after'],
  ),
  headerValues,
  { maxKeys: 8 },
)
const objectHeaders = fc.record({
  'content-length': plausible('2621440', '1234'),
  'content-type': plausible('video/mp4', 'image/png'),
  etag: plausible('"a"'),
})
const headers = fc.oneof(objectHeaders, strangeHeaders)
const statuses = fc.oneof(
  fc.constantFrom(200, 200, 200, 206, 204, 301, 304, 307, 400, 403, 404, 405, 409, 412, 416, 501),
  fc.integer({ min: 200, max: 599 }),
)
const answers = fc.oneof(
  { weight: 20, arbitrary: fc.record({ status: statuses, headers, body: documents }) },
  { weight: 1, arbitrary: fc.constantFrom('broken off', 'refused', 'no response', 'not an error') },
)
type StrangeAnswer = typeof answers extends fc.Arbitrary<infer Answer> ? Answer : never

const nullBodies = new Set([204, 205, 304])

/** Answers one after the other, and begins again. */
function speak(answers: readonly StrangeAnswer[]): () => Promise<Response> {
  let count = 0
  return async () => {
    const answer = answers[count % answers.length]
    count += 1
    if (answer === 'no response' || answer === undefined) return undefined as unknown as Response
    if (answer === 'refused') throw new TypeError('fetch failed')
    if (answer === 'not an error') throw undefined
    if (answer === 'broken off') return new Response(brokenOff())
    const { status, headers: given, body } = answer
    return new Response(nullBodies.has(status) ? null : body, { status, headers: headersOf(given) })
  }
}

function headersOf(given: Readonly<Record<string, string>>): Headers {
  const headers = new Headers()
  for (const [name, value] of Object.entries(given)) {
    // Line breaks and the like cannot come over HTTP.
    headers.set(name, value.replace(/[^\x20-\x7e]/g, ''))
  }
  return headers
}

function brokenOff(): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('<ListPartsResult>'))
      controller.error(new Error('The connection ended.'))
    },
  })
}

const requests: Readonly<Record<string, () => object>> = {
  'signing uploads': () => ({ operation: 'sign-uploads', files: [video(), file()] }),
  'signing an upload again': () => ({ operation: 'sign-uploads', files: [video()], attempt: 2 }),
  'signing parts': () => ({
    operation: 'sign-parts',
    token: tokens.inParts,
    parts: [{ partNumber: 1 }],
  }),
  'listing parts': () => ({ operation: 'list-parts', token: tokens.inParts }),
  'completing parts': () => ({
    operation: 'complete-uploads',
    uploads: [{ token: tokens.inParts }],
  }),
  'completing an upload': () => ({
    operation: 'complete-uploads',
    uploads: [{ token: tokens.small }],
  }),
  'aborting uploads': () => ({
    operation: 'abort-uploads',
    tokens: [tokens.inParts, tokens.small],
  }),
  'signing a download': () => ({ operation: 'sign-downloads', files: [{ key: 'files/a.txt' }] }),
}

describe('whatever stands in the place of S3', () => {
  it.each(Object.entries(requests))(
    '%s is answered as the protocol says',
    async (_, request) => {
      const property = fc.asyncProperty(
        fc.array(answers, { minLength: 1, maxLength: 5 }),
        async (spoken) => {
          strange = speak(spoken)
          const response = await deceived.post(request())
          expect([200, 502]).toContain(response.status)
          const secrets = [secret, credentials.secretAccessKey]
          expect(await answerFault(response, { secrets })).toBeUndefined()
        },
      )

      await fc.assert(property, runs)
    },
    60_000,
  )
})
