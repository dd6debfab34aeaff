import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseS3Error } from '../../src/s3/s3-error.js'
import { writeXml } from '../../src/s3/xml-writer.js'

const expired = `<?xml version="1.0" encoding="UTF-8"?>
<Error><Code>AccessDenied</Code><Message>Request has expired</Message><X-Amz-Expires>60</X-Amz-Expires><Expires>2015-12-29T00:01:00Z</Expires><ServerTime>2015-12-29T00:02:00Z</ServerTime><RequestId>4442587FB7D0A2F9</RequestId><HostId>aBc=</HostId></Error>`

describe('parseS3Error', () => {
  test('reads code, message and request id', () => {
    expect(parseS3Error(expired)).toEqual({
      code: 'AccessDenied',
      message: 'Request has expired',
      requestId: '4442587FB7D0A2F9',
    })
  })

  test('reads a document behind white space, without prolog and with a namespace', () => {
    const error = parseS3Error(
      ' \n\n<Error xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Code>SlowDown</Code><Resource>/b/k</Resource></Error>\n',
    )

    expect(error).toEqual({ code: 'SlowDown', message: '', requestId: undefined })
  })

  test('reads a byte order mark and white space before the prolog', () => {
    expect(parseS3Error(`\ufeff${expired}`)?.code).toBe('AccessDenied')
    expect(parseS3Error(`\n   ${expired}`)?.code).toBe('AccessDenied')
  })

  test('resolves escaped characters', () => {
    const body = writeXml('Error', { Code: 'NoSuchKey', Message: `no <a & b> "c" 'd'` })

    expect(parseS3Error(body)?.message).toBe(`no <a & b> "c" 'd'`)
  })

  test('takes character data as it stands', () => {
    const body =
      '<Error><Code> <![CDATA[NoSuchKey]]>\n</Code><Message><![CDATA[a &amp; <b>]]></Message></Error>'

    expect(parseS3Error(body)).toMatchObject({ code: 'NoSuchKey', message: 'a &amp; <b>' })
  })

  test('resolves numeric references, and leaves what is none', () => {
    const body =
      '<Error><Code>NoSuchKey</Code><Message>&#233;&#x1F600; &unknown; &#x110000; &#xzz;</Message></Error>'

    expect(parseS3Error(body)?.message).toBe('é😀 &unknown; &#x110000; &#xzz;')
  })

  test.each([
    ['nothing', ''],
    ['text', 'upstream connect error'],
    ['JSON', '{"error":"AccessDenied"}'],
    ['a page of a proxy', '<!DOCTYPE html><html><body><h1>502</h1><br></body></html>'],
    ['another document', '<PostResponse><Location>x</Location></PostResponse>'],
    ['an error without code', '<Error><Message>?</Message></Error>'],
    ['an error with an empty code', '<Error><Code> </Code></Error>'],
    ['half an error', '<Error><Code>AccessDenied</Code><Mess'],
  ])('does not take %s for an error', (_, body) => {
    expect(parseS3Error(body)).toBeUndefined()
  })

  test('never throws', () => {
    const pieces = fc.constantFrom(
      '<',
      '>',
      '/',
      'Error',
      'Code',
      '&',
      ';',
      '"',
      '=',
      '<!--',
      ']]>',
    )
    const bodies = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: pieces }))

    fc.assert(
      fc.property(bodies, (body) => {
        expect(() => parseS3Error(body)).not.toThrow()
      }),
      { seed: 503, numRuns: 1000 },
    )
  })
})
