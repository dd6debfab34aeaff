import { createRandom } from '../../support/random.js'

/** Makes bytes of a text; with other bytes, a file has another fingerprint. */
export function contentOf(text: string, size: number): Uint8Array<ArrayBuffer> {
  const random = createRandom(text)
  const bytes = new Uint8Array(size)
  for (let index = 0; index < size; index += 4) {
    const four = random.integer(0, 0xff_ff_ff_ff)
    for (let offset = 0; offset < 4 && index + offset < size; offset += 1) {
      bytes[index + offset] = four >>> (8 * offset)
    }
  }
  return bytes
}
