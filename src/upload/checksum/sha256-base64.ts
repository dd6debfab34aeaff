/** Computes the SHA-256 of a blob, in base64; rejects as {@link sha256Base64} does. */
export type Digest = (blob: Blob) => Promise<string>

/**
 * Computes the SHA-256 of a blob that fits into memory, in base64, the form in which S3 takes it.
 *
 * Rejects with a `DOMException` when it cannot be read, or has become longer or shorter.
 */
export async function sha256Base64(blob: Blob): Promise<string> {
  // A view: the buffer may be of another realm, such as a test runner's, where `digest` is only told of its own.
  const bytes = new Uint8Array(await blob.arrayBuffer())
  // Not every browser refuses to read a file that has another size by now.
  if (bytes.length !== blob.size) {
    throw new DOMException('The file has another size.', 'NotReadableError')
  }
  return base64Of(await crypto.subtle.digest('SHA-256', bytes))
}

/** Writes a digest in base64. */
export function base64Of(digest: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(digest)))
}
