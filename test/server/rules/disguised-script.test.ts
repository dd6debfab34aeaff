import { describe, expect, it } from 'vitest'
import { resolveRules, ruleViolation } from '../../../src/server/rules/upload-rules.js'

function codeOf(name: string, type: string, accept: string[]): string | undefined {
  const rules = resolveRules({ accept }, Number.POSITIVE_INFINITY)
  return ruleViolation({ name, type, size: 1 }, rules)?.code
}

describe('an extension in accept', () => {
  it.each([
    ['photo.jpg', 'text/html'],
    ['photo.JPG', 'TEXT/HTML; charset=utf-8'],
    ['photo.jpg', ' text/html '],
    ['photo.jpg', 'text/html.'],
    ['photo.jpg', 'image/svg+xml'],
    ['photo.jpg', 'image/svg+xml.'],
    ['photo.jpg', 'application/xhtml+xml'],
    ['photo.jpg', 'text/xml'],
    ['photo.jpg', 'application/xml'],
    ['photo.jpg', 'application/jpg+xml'],
    ['photo.jpg', 'text/xsl'],
    ['photo.jpg', 'text/javascript'],
    ['photo.jpg', 'multipart/x-mixed-replace'],
    ['photo.jpg', 'message/rfc822'],
    ['photo.jpg', 'application/x-shockwave-flash'],
    ['page.html.jpg', 'text/html'],
    ['table.csv', 'text/html'],
    ['track.gpx', 'text/html'],
    ['drawing.svg', 'text/html'],
  ])('does not let %s pass as %j', (name, type) => {
    expect(codeOf(name, type, ['.jpg', '.csv', '.gpx', '.svg'])).toBe('file-type-not-accepted')
  })

  it.each([
    ['photo.jpg', 'image/jpeg'],
    ['photo.jpg', ''],
    ['photo.jpg', 'application/octet-stream'],
    ['table.csv', 'application/vnd.ms-excel'],
    ['letter.docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['page.htm', 'text/html'],
    ['PAGE.HTML', 'Text/HTML'],
    ['page.xhtml', 'application/xhtml+xml'],
    ['drawing.svg', 'image/svg+xml'],
    ['feed.xml', 'text/xml'],
    ['feed.rss', 'application/rss+xml'],
    ['track.gpx', 'application/gpx+xml'],
    ['track.gpx', 'application/xml'],
    ['script.mjs', 'text/javascript'],
    ['mail.eml', 'message/rfc822'],
  ])('lets %s pass as %j, which is what it means', (name, type) => {
    const extension = name.slice(name.lastIndexOf('.'))

    expect(codeOf(name, type, [extension])).toBeUndefined()
  })

  it('is no reason against a file whose type is accepted', () => {
    expect(codeOf('photo.jpg', 'image/svg+xml', ['.jpg', 'image/svg+xml'])).toBeUndefined()
    expect(codeOf('photo.jpg', 'text/html', ['.jpg', 'text/*'])).toBeUndefined()
  })
})
