import { describe, expect, it } from 'vitest'
import { canRunScript, contentTypeOf, isStoredAs } from '../../../src/server/objects/media-type.js'

describe('contentTypeOf', () => {
  it.each([
    'image/png',
    'text/plain; charset=utf-8',
    'text/plain;charset="utf-8"',
    'text/plain; a=*',
    'image/svg+xml',
  ])('keeps %s', (type) => {
    expect(contentTypeOf(type)).toBe(type)
  })

  it.each([
    '',
    'image',
    'image/',
    '/png',
    'image/png,text/html',
    'image/png; x',
    'image/pñg',
    'a/b\r\nx: y',
    'a/b; q="a,b"',
    '*/*',
    'image/*',
    '*/*; charset=utf-8',
    'unknown/unknown',
    'Unknown/Unknown; a=b',
    'application/unknown',
    'application/x-unknown-content-type',
    'application/x-vnd.mozilla.guess-from-ext',
  ])('calls %j unknown', (type) => {
    expect(contentTypeOf(type)).toBe('application/octet-stream')
  })
})

describe('canRunScript', () => {
  it.each([
    'text/html',
    'TEXT/HTML; charset=utf-8',
    'image/svg+xml',
    'application/xhtml+xml',
    'text/xml',
    'text/xsl',
    'text/rdf',
    'application/vnd.wap.xhtml+xml',
    'application/xml',
    'application/xml-dtd',
    'application/rss+xml',
    'image/svg+xml.',
    'text/html.',
    'text/javascript',
    'application/javascript',
    'application/x-javascript',
    'text/ecmascript',
    'multipart/x-mixed-replace',
    'message/rfc822',
  ])('is true for %s', (type) => {
    expect(canRunScript(type)).toBe(true)
  })

  it.each([
    'image/png',
    'application/pdf',
    'text/plain',
    'application/json',
    'application/octet-stream',
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  ])('is false for %s', (type) => {
    expect(canRunScript(type)).toBe(false)
  })
})

describe('isStoredAs', () => {
  it('overlooks case and blanks', () => {
    expect(isStoredAs('Text/Plain; charset=UTF-8', 'text/plain;charset=utf-8')).toBe(true)
  })

  it.each([
    ['text/plain;charset=UTF-8', 'text/plain'],
    ['text/plain; charset="utf-8"', 'text/plain'],
    ['image/png;charset=ISO-8859-1', 'image/png'],
    ['text/csv; header=present; charset=utf-8', 'text/csv; header=present'],
  ])('overlooks the charset that a storage adds: %s for %s', (stored, signed) => {
    expect(isStoredAs(stored, signed)).toBe(true)
  })

  it.each([
    ['text/plain', 'text/plain;charset=utf-8'],
    ['text/plain;charset=utf-7', 'text/plain'],
    ['text/plain;charset=utf-16', 'text/plain'],
    ['text/html;charset=utf-8', 'text/plain'],
    ['text/plain;charset=utf-8', 'text/plain;charset=iso-8859-1'],
    ['text/plain;charset=utf-8;x=y', 'text/plain'],
    ['', 'text/plain'],
  ])('does not take %j for %j', (stored, signed) => {
    expect(isStoredAs(stored, signed)).toBe(false)
  })
})
