import { createCipheriv, createHash } from 'node:crypto'
import type { ScenarioFile } from './scenario.js'

/** The bytes of a scenario's file: always the same, and like nothing else. */
export function contentOf(seed: number, { name, size }: ScenarioFile): Uint8Array<ArrayBuffer> {
  const key = createHash('md5').update(`${seed} ${name}`).digest()
  const stream = createCipheriv('aes-128-ctr', key, Buffer.alloc(16))
  return new Uint8Array(stream.update(new Uint8Array(size)))
}

/** The bytes of a file that somebody has changed meanwhile; as many. */
export function changedContentOf(seed: number, file: ScenarioFile): Uint8Array<ArrayBuffer> {
  return contentOf(seed, { ...file, name: `changed ${file.name}` })
}

/** SHA-256, hexadecimal. */
export function sha256Of(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}
