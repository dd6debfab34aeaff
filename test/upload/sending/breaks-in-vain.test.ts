import { expect, it } from 'vitest'
import { BreaksInVain } from '../../../src/upload/sending/breaks-in-vain.js'

it('breaks are in vain until another part arrives', () => {
  const upload = { arrivedBytes: 8 }
  const breaks = new BreaksInVain(upload)

  expect([breaks.note(), breaks.note()]).toEqual([1, 2])
  upload.arrivedBytes = 16
  expect([breaks.note(), breaks.note()]).toEqual([1, 2])
})
