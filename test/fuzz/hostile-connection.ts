import type { Random } from '../support/random.js'

/** A request as it goes over the line, before anything is done to it. */
export interface RawRequest {
  readonly method: string
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** What a client does on a connection. */
export interface ConnectionPlan {
  readonly kind: string
  /** What it sends, one write after the other. */
  readonly writes: readonly Buffer[]
  /** How it leaves then: it says that it has sent all, or is gone. */
  readonly end: 'finish' | 'reset'
}

type Maker = (request: RawRequest, random: Random) => readonly Buffer[]

const lineEnd = '\r\n'
const chunkSizes = [
  'zz',
  '-5',
  'FFFFFFFFFFFFFFFFFF',
  '0x10',
  '5;a=b',
  `5;${'x'.repeat(20_000)}`,
  '',
  '\0',
  '5 ',
]
const lengths = [
  '-1',
  '1e3',
  '0x10',
  '99999999999999999999',
  '5, 5',
  '5, 6',
  'abc',
  '',
  '+5',
  ' 5 5',
]
const starts = [
  '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0',
  'GET',
  '\r\n\r\n\r\n',
  'POST / HTTP/9.9\r\n\r\n',
  'POST  / HTTP/1.1\r\nhost: a\r\n\r\n',
  'CONNECT a:1 HTTP/1.1\r\nhost: a\r\n\r\n',
  'OPTIONS * HTTP/1.1\r\nhost: a\r\n\r\n',
  'POST http://[ HTTP/1.1\r\nhost: a\r\n\r\n',
  'POST /%00%ff HTTP/1.1\r\nhost: a\r\ncontent-length: 0\r\n\r\n',
  'GET / HTTP/1.1\r\n\r\n',
  'GET / HTTP/1.1\r\nhost: a b\\\r\n\r\n',
  'GET / HTTP/1.1\r\nhost: a\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n',
  'TRACE / HTTP/1.1\r\nhost: a\r\n\r\n',
] as const

/** Ways in which a connection is not what a server expects. */
const makers: Record<string, Maker> = {
  'split at any places': (request, random) => split(textOf(request), random),
  'cut off': (request, random) => {
    const text = textOf(request)
    return split(text.subarray(0, random.integer(0, text.length - 1)), random)
  },
  'bytes changed': (request, random) => {
    const bytes = Buffer.from(textOf(request))
    for (let count = random.integer(1, 5); count > 0; count--) {
      bytes[random.integer(0, bytes.length - 1)] = random.integer(0, 255)
    }
    return split(bytes, random)
  },
  'a header too long': (request, random) => [
    textOf(withHeaders(request, { 'x-long': 'a'.repeat(random.integer(10_000, 200_000)) })),
  ],
  'too many headers': (request, random) => {
    const count = random.integer(500, 5000)
    const many = Array.from({ length: count }, (_, index) => [`x-${index}`, 'a'])
    return [textOf(withHeaders(request, Object.fromEntries(many)))]
  },
  'a header of any bytes': (request, random) => [
    textOf(withHeaders(request, { 'x-any': anyBytes(random, 50) })),
  ],
  'chunks that are none': (request, random) => {
    const size = random.pick(chunkSizes as [string, ...string[]])
    const chunks = `5${lineEnd}hello${lineEnd}${size}${lineEnd}hello${lineEnd}0${lineEnd}${lineEnd}`
    return split(chunked(request, chunks), random)
  },
  'chunks that do not end': (request, random) => [
    chunked(request, `${random.integer(6, 5000).toString(16)}${lineEnd}hello`),
  ],
  'many small chunks': (request, random) => {
    const count = random.integer(100, 3000)
    return [chunked(request, `${`1${lineEnd}a${lineEnd}`.repeat(count)}0${lineEnd}${lineEnd}`)]
  },
  'trailers behind the chunks': (request) => [
    chunked(
      request,
      `5${lineEnd}hello${lineEnd}0${lineEnd}host: evil${lineEnd}x: y${lineEnd}${lineEnd}`,
    ),
  ],
  'a wrong length': (request, random) => {
    const length = request.body.length + random.integer(-request.body.length, 5000)
    return split(textOf(withHeaders(request, { 'content-length': String(length) })), random)
  },
  'a length that is none': (request, random) => [
    textOf(
      withHeaders(request, { 'content-length': random.pick(lengths as [string, ...string[]]) }),
    ),
  ],
  'two lengths': (request, random) => {
    const text = textOf(request).toString('latin1')
    return [
      Buffer.from(
        text.replace(lineEnd, `${lineEnd}Content-Length: ${random.integer(0, 9)}${lineEnd}`),
        'latin1',
      ),
    ]
  },
  'a length and chunks': (request, random) => [
    textOf(
      withHeaders(request, {
        'transfer-encoding': random.pick(['chunked', 'gzip, chunked', 'xchunked', ' chunked']),
      }),
    ),
  ],
  'one byte after the other': (request, random) => {
    const text = textOf(request)
    const count = Math.min(text.length, random.integer(1, 300))
    return Array.from({ length: count }, (_, index) => text.subarray(index, index + 1))
  },
  'one behind the other': (request, random) => {
    const text = textOf(request)
    const all = Array.from({ length: random.integer(2, 20) }, () => text)
    if (random.chance(0.5)) all.splice(random.integer(0, all.length), 0, Buffer.from('garbage\r\n'))
    return random.chance(0.5) ? all : [Buffer.concat(all)]
  },
  'waiting for a word': (request, random) => [
    textOf(withHeaders(request, { expect: random.pick(['100-continue', '200-ok', '']) })),
  ],
  'no request at all': (_, random) => [Buffer.from(random.pick(starts), 'latin1')],
  'any bytes': (_, random) => [Buffer.from(anyBytes(random, 400), 'latin1')],
}

/** Draws what a client does on one connection; the same numbers make the same plan. */
export function planConnection(request: RawRequest, random: Random): ConnectionPlan {
  const kinds = Object.keys(makers) as [string, ...string[]]
  const kind = random.pick(kinds)
  const writes = makers[kind]?.(request, random) ?? []
  return { kind, writes, end: random.chance(0.7) ? 'finish' : 'reset' }
}

function textOf({ method, target, headers, body }: RawRequest): Buffer {
  const all = { 'content-length': String(Buffer.byteLength(body)), ...headers }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`)
  const head = [`${method} ${target} HTTP/1.1`, ...lines, '', ''].join(lineEnd)
  return Buffer.concat([Buffer.from(head, 'latin1'), Buffer.from(body)])
}

function withHeaders(request: RawRequest, headers: Readonly<Record<string, string>>): RawRequest {
  return { ...request, headers: { ...request.headers, ...headers } }
}

function chunked(request: RawRequest, chunks: string): Buffer {
  const text = textOf({ ...withHeaders(request, { 'transfer-encoding': 'chunked' }), body: '' })
  const head = text.toString('latin1').replace(/content-length: \d+\r\n/, '')
  return Buffer.from(head + chunks, 'latin1')
}

function split(bytes: Buffer, random: Random): readonly Buffer[] {
  const pieces: Buffer[] = []
  for (let at = 0; at < bytes.length; ) {
    const length = random.integer(1, Math.max(1, Math.ceil(bytes.length / 4)))
    pieces.push(bytes.subarray(at, at + length))
    at += length
  }
  return pieces
}

function anyBytes(random: Random, maxLength: number): string {
  const length = random.integer(1, maxLength)
  return String.fromCharCode(...Array.from({ length }, () => random.integer(0, 255)))
}
