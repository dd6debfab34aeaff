import { describe, expect, it } from 'vitest'
import { parseAcceptEntry } from '../../src/protocol/accepted-types.js'
import { isAccepted } from '../../src/protocol/is-accepted.js'

const accepts = (entry: string, name: string, type = '') =>
  isAccepted({ name, type }, [parseAcceptEntry(entry)!])

describe('isAccepted', () => {
  it.each([
    ['image/*', 'a.png', 'image/png'],
    ['IMAGE/*', 'a', 'Image/PNG; x=y'],
    ['application/pdf', 'a', 'application/pdf'],
    ['.pdf', 'A.PDF', ''],
    ['.tar.gz', 'a.tar.gz', 'application/gzip'],
    ['*/*', 'a', ''],
    ['*', 'a', ''],
    ['image/*', 'a.png', ''],
    ['image/*', 'IMG_1.HEIC', 'application/octet-stream'],
    ['image/*', 'a.DNG', 'binary/octet-stream'],
    ['image/*', 'a.jpg', 'application/x-unknown'],
    ['video/*', 'a.m4v', ''],
    ['video/*', 'a.mkv', 'application/octet-stream'],
    ['audio/*', 'a.flac', ''],
    ['image/heic', 'a.heic', ''],
    ['jpg', 'a.JPG', 'image/jpeg'],
    ['*.jpg', 'a.jpg', ''],
    ['tar.gz', 'a.tar.gz', ''],
    ['image/jpg', 'a', 'image/jpeg'],
    ['image/jpeg', 'a', 'image/jpg'],
    [' Image/PNG ', 'a', 'image/png'],
  ])('lets %s accept %s of type %j', (entry, name, type) => {
    expect(accepts(entry, name, type)).toBe(true)
  })

  it.each([
    ['image/*', 'evil.exe', ''],
    ['image/*', 'evil.exe', 'application/octet-stream'],
    ['image/*', 'a.png', 'application/x-msdownload'],
    ['image/*', 'a.png', 'imagex/png'],
    ['application/pdf', 'a.pdf', 'text/plain'],
    ['.pdf', 'a.pdf.exe', ''],
    ['.pdf', 'apdf', ''],
  ])('lets %s refuse %s of type %j', (entry, name, type) => {
    expect(accepts(entry, name, type)).toBe(false)
  })

  it('accepts what any entry accepts', () => {
    const entries = ['image/*', '.pdf'].map((entry) => parseAcceptEntry(entry)!)

    expect(isAccepted({ name: 'a.pdf', type: '' }, entries)).toBe(true)
  })
})

describe('parseAcceptEntry', () => {
  it.each(['', 'image', 'Video', 'image/', '.', '/png', 'image/*,.pdf', '*/png', '. pdf'])(
    'does not understand %j',
    (entry) => {
      expect(parseAcceptEntry(entry)).toBeUndefined()
    },
  )
})
