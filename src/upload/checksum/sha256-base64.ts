/** Computes the SHA-256 of a blob that fits into memory, in base64, the form in which S3 takes it. */
export async function sha256Base64(blob: Blob): Promise<string> {
  return toBase64(await crypto.subtle.digest('SHA-256', await blob.arrayBuffer()))
}

/** Writes a digest in base64. */
export function toBase64(digest: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(digest)))
}
