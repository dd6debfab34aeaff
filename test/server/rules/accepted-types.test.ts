import { describe, expect, it } from 'vitest'
import { isAccepted, parseAcceptEntry } from '../../../src/server/rules/accepted-types.js'

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
  ])('lets %s accept %s of type %j', (entry, name, type) => {
    expect(accepts(entry, name, type)).toBe(true)
  })

  it.each([
    ['image/*', 'a.png', ''],
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
  it.each(['', 'pdf', 'image', 'image/', '.', 'image/*,.pdf', '*/png', '. pdf'])(
    'does not understand %j',
    (entry) => {
      expect(parseAcceptEntry(entry)).toBeUndefined()
    },
  )
})
