import { describe, expect, it } from 'vitest'
import {
  formBoundary,
  parseMultipartForm,
} from '../../../../src/testing/s3/forms/multipart-form-parser.js'

const boundary = 'XyZ'
const fileContent = 'line\r\n--XyQ\r\n--Xy\r\n\r\n-- end'
const form = [
  '--XyZ\r\nContent-Disposition: form-data; name="key"\r\n\r\nphotos/é.jpg\r\n',
  '--XyZ\r\nContent-Disposition: form-data; name="empty"\r\n\r\n\r\n',
  '--XyZ\r\nContent-Disposition: form-data; name="file"; filename="é.jpg"\r\n',
  `Content-Type: image/jpeg\r\n\r\n${fileContent}\r\n--XyZ--\r\n`,
].join('')
const expected = [
  { name: 'key', filename: undefined, content: 'photos/é.jpg' },
  { name: 'empty', filename: undefined, content: '' },
  { name: 'file', filename: 'é.jpg', content: fileContent },
]

describe('parseMultipartForm', () => {
  const bytes = new TextEncoder().encode(form)

  it('reads the same parts wherever the chunks are split', async () => {
    for (let offset = 0; offset <= bytes.length; offset++) {
      const parts = await read([bytes.subarray(0, offset), bytes.subarray(offset)])
      expect(parts, `split at ${offset}`).toEqual(expected)
    }
  })

  it('reads a form that arrives byte by byte', async () => {
    const chunks = Array.from(bytes, (byte) => Uint8Array.of(byte))

    expect(await read(chunks)).toEqual(expected)
  })

  it('passes the content on before the form has ended', async () => {
    const seen: string[] = []
    async function* chunks() {
      yield new TextEncoder().encode(
        '--XyZ\r\nContent-Disposition: form-data; name="file"\r\n\r\nfirst half',
      )
      seen.push('second chunk asked for')
      yield new TextEncoder().encode(' second half\r\n--XyZ--')
    }

    for await (const part of parseMultipartForm(chunks(), boundary)) {
      for await (const chunk of part.body) seen.push(new TextDecoder().decode(chunk))
    }

    // The last bytes of a chunk may be the beginning of a boundary.
    expect(seen.slice(0, 2)).toEqual(['firs', 'second chunk asked for'])
  })

  it('skips a part that nobody reads', async () => {
    const names: string[] = []
    for await (const part of parseMultipartForm(chunksOf([bytes]), boundary)) names.push(part.name)

    expect(names).toEqual(['key', 'empty', 'file'])
  })

  it('tells how many bytes come before the content', async () => {
    const offsets: number[] = []
    for await (const part of parseMultipartForm(chunksOf([bytes]), boundary))
      offsets.push(part.offset)

    expect(offsets[0]).toBe(form.indexOf('photos/'))
    expect(offsets[2]).toBe(new TextEncoder().encode(form.slice(0, form.indexOf('line'))).length)
  })

  it('ignores what comes before the first boundary and after the last', async () => {
    const surrounded = new TextEncoder().encode(`preamble\r\n${form}epilogue`)

    expect(await read([surrounded])).toEqual(expected)
  })

  for (const [written, name] of [
    ['name="a; filename=b"', 'a; filename=b'],
    ['name="say %22hi%22"', 'say "hi"'],
    ['name="say \\"hi\\""', 'say "hi"'],
    ['name=plain', 'plain'],
    ['filename="name=x"; name="y"', 'y'],
  ]) {
    it(`reads the name out of ${written}`, async () => {
      const part = `--XyZ\r\nContent-Disposition: form-data; ${written}\r\n\r\n\r\n--XyZ--`
      const [first] = await read([new TextEncoder().encode(part)])

      expect(first?.name).toBe(name)
    })
  }

  for (const [what, text] of [
    ['is empty', ''],
    ['has no boundary', 'just text'],
    ['ends in its headers', '--XyZ\r\nContent-Disposition: form-data; name="a"\r\n'],
    ['ends in its content', '--XyZ\r\nContent-Disposition: form-data; name="a"\r\n\r\ncontent'],
    ['has a part without a name', '--XyZ\r\nContent-Disposition: form-data\r\n\r\na\r\n--XyZ--'],
    ['has a boundary with more on its line', '--XyZa\r\n\r\n\r\na\r\n--XyZ--'],
    ['has headers without end', `--XyZ\r\n${'x'.repeat(20_000)}`],
  ] as const) {
    it(`refuses a form that ${what}`, async () => {
      await expect(read([new TextEncoder().encode(text)])).rejects.toMatchObject({
        code: 'MalformedPOSTRequest',
      })
    })
  }
})

describe('formBoundary', () => {
  for (const [contentType, expectedBoundary] of [
    ['multipart/form-data; boundary=abc', 'abc'],
    ['Multipart/Form-Data; charset=utf-8; Boundary="a b"', 'a b'],
    ['multipart/mixed; boundary=abc', undefined],
    ['multipart/form-data', undefined],
    [undefined, undefined],
  ]) {
    it(`finds ${expectedBoundary} in ${contentType}`, () => {
      expect(formBoundary(contentType)).toBe(expectedBoundary)
    })
  }
})

async function read(chunks: readonly Uint8Array[]) {
  const parts = []
  for await (const { name, filename, body } of parseMultipartForm(chunksOf(chunks), boundary)) {
    const pieces: Uint8Array[] = []
    for await (const chunk of body) pieces.push(chunk)
    parts.push({ name, filename, content: Buffer.concat(pieces).toString() })
  }
  return parts
}

async function* chunksOf(chunks: readonly Uint8Array[]) {
  yield* chunks
}
