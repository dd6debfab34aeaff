import { describe, expect, it } from 'vitest'
import { contentDisposition } from '../../../src/server/objects/content-disposition.js'

describe('contentDisposition', () => {
  it('names the file in ASCII and, percent-encoded, as it is', () => {
    expect(contentDisposition('attachment', "L'été (1).html")).toBe(
      `attachment; filename="L-ete-1.html"; filename*=UTF-8''L%27%C3%A9t%C3%A9%20%281%29.html`,
    )
  })

  it('leaves out what could disguise the name or break the header', () => {
    const written = contentDisposition('attachment', '../x\u202Egpj"\r\n.svg')

    expect(written).toBe(`attachment; filename="xgpj.svg"; filename*=UTF-8''.._xgpj%22.svg`)
  })

  it('survives half a character', () => {
    expect(contentDisposition('attachment', '\uD83D.svg')).toContain("UTF-8''%EF%BF%BD.svg")
  })

  it('cuts a long name from the front', () => {
    const written = contentDisposition('attachment', `${'日'.repeat(600)}.svg`)

    expect(written.length).toBeLessThan(1500)
    expect(written).toMatch(/%E6%97%A5\.svg$/)
  })
})
