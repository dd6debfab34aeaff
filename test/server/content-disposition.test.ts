import { describe, expect, it } from 'vitest'
import { contentDispositionHeader } from '../../src/server/content-disposition.js'

describe('contentDispositionHeader', () => {
  it('names the file in ASCII and, percent-encoded, as it is', () => {
    expect(contentDispositionHeader('attachment', "L'été (1).html")).toBe(
      `attachment; filename="L-ete-1.html"; filename*=UTF-8''L%27%C3%A9t%C3%A9%20%281%29.html`,
    )
  })

  it('leaves out what could disguise the name or break the header', () => {
    const disposition = contentDispositionHeader('attachment', '../x\u202Egpj"\r\n.svg')

    expect(disposition).toBe(`attachment; filename="xgpj.svg"; filename*=UTF-8''.._xgpj%22.svg`)
  })

  it('survives half a character', () => {
    expect(contentDispositionHeader('attachment', '\uD83D.svg')).toContain("UTF-8''%EF%BF%BD.svg")
  })

  it('cuts a long name from the front', () => {
    const disposition = contentDispositionHeader('attachment', `${'日'.repeat(600)}.svg`)

    expect(disposition.length).toBeLessThan(1500)
    expect(disposition).toMatch(/%E6%97%A5\.svg$/)
  })
})
