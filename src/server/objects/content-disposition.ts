import type { Disposition } from '../../protocol/downloads.js'
import { safeFileName } from './object-key-naming.js'

/** Each may become nine bytes, and a form's fields and policy share 20 kB. */
const maxShownCharacters = 150

/**
 * Returns a `Content-Disposition`: whether a browser saves the object or may show it, and its name in any script.
 *
 * @example
 * contentDisposition('attachment', 'Ünï.html')
 * // attachment; filename="Uni.html"; filename*=UTF-8''%C3%9Cn%C3%AF.html
 * @see https://www.rfc-editor.org/rfc/rfc6266
 */
export function contentDisposition(disposition: Disposition, fileName: string): string {
  const shown = fileName
    .toWellFormed()
    // Invisible and direction-changing characters let "gpj.exe" look like "exe.jpg" in a download list.
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .replace(/[/\\]/g, '_')
  // The end of a long name has the extension.
  const safe = safeFileName(fileName)
  const cut = [...shown].slice(-maxShownCharacters).join('') || safe
  return `${disposition}; filename="${safe}"; filename*=UTF-8''${encodeExtended(cut)}`
}

/** Encodes as RFC 8187 asks: fewer characters stay bare than in a URL component. */
function encodeExtended(text: string): string {
  return encodeURIComponent(text).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
