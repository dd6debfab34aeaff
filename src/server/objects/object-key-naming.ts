import { toHex } from '../../sigv4/crypto.js'

/** The most bytes a prefix may have, so that prefix, unguessable component and name stay below S3's 1,024. */
export const maxPrefixBytes = 512

/** The length of the part of a key that cannot be guessed. */
export const keyComponentBytes = 16

const maxNameLength = 128
const withExtension = /^(.*)\.([A-Za-z0-9]{1,16})$/

/** What an object key is made of. */
interface ObjectKeyParts {
  /** Empty, or ending in `/`. */
  readonly prefix: string
  /** The file's own name as the browser gave it. */
  readonly fileName: string
  /** Bytes that cannot be guessed, {@link keyComponentBytes} of them. */
  readonly component: Uint8Array
}

/**
 * Makes the key for a new object: prefix, 128 bits that cannot be guessed, and the file's name in safe characters.
 *
 * @example
 * makeObjectKey({ prefix: 'uploads/', fileName: 'Ferien Foto.jpg', component })
 * // uploads/2f6c4b0d9a8e4f5c8b7a6d5e4f3c2b1a/Ferien-Foto.jpg
 */
export function makeObjectKey({ prefix, fileName, component }: ObjectKeyParts): string {
  return `${prefix}${toHex(component)}/${safeFileName(fileName)}`
}

/**
 * Draws the components of several keys at once, because every draw asks the operating system; returns what hands
 * them out one by one.
 */
export function drawKeyComponents(
  count: number,
  randomBytes: (length: number) => Uint8Array,
): () => Uint8Array {
  const bytes = randomBytes(count * keyComponentBytes)
  let start = 0
  return () => {
    const component = bytes.subarray(start, start + keyComponentBytes)
    start += keyComponentBytes
    if (component.length === keyComponentBytes) return component
    throw new RangeError(
      's3-direct-upload: randomBytes returned fewer bytes than it was asked for, so a key could be guessed.',
    )
  }
}

/** Writes a prefix so that it ends where a segment of keys does. */
export function withFinalSlash(prefix: string): string {
  return prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`
}

/** Writes a file name in `A-Z a-z 0-9 . _ -` alone, keeps its extension, and is never empty. */
export function safeFileName(fileName: string): string {
  const lastSegment = fileName.split(/[/\\]/).at(-1) ?? ''
  const safe = lastSegment
    .normalize('NFKD')
    // Accents become characters of their own; they and invisible characters go, others become hyphens.
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/\.{2,}/g, '.')
  const [, stem = safe, extension] = withExtension.exec(safe) ?? []
  const safeStem = trimmed(trimmed(stem).slice(0, maxNameLength)) || 'file'
  return extension === undefined ? safeStem : `${safeStem}.${extension}`
}

/** By hand: a pattern for the end of a text tries each of a thousand hyphens as its beginning. */
function trimmed(text: string): string {
  let start = 0
  let end = text.length
  while (isEdge(text[start])) start += 1
  while (end > start && isEdge(text[end - 1])) end -= 1
  return text.slice(start, end)
}

function isEdge(character: string | undefined): boolean {
  return character === '.' || character === '-'
}
