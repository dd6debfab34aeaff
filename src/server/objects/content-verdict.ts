import { mediaTypeEssence } from '../../protocol/media-types.js'
import { beginsAs } from './file-signatures.js'
import { containsMarkup } from './markup.js'
import { unknownContentType } from './media-type.js'

/** What is known of a file's content. */
interface FileContent {
  /** The first bytes of the file. */
  readonly bytes: Uint8Array
  /** What the page said it is. */
  readonly contentType: string
  /** What its bytes say it is, if they say anything. */
  readonly detected: string | undefined
}

/** Formats of these kinds begin with a signature; bytes without one are something else. */
const signedKinds =
  /^(?:image|audio|video|font)\/|^application\/(?:pdf|zip|gzip|x-7z-compressed|vnd\.rar)$/

/** Browsers show these on their own, so that whatever is hidden in one is opened with it. */
const shownKinds = /^(?:image|audio|video|font)\//

/** Text says nothing of itself: SVG is one too, and is stored to be saved, not opened. */
const textual = /^text\/|[/+](?:json|xml)$|^application\/(?:xml-|(?:x-)?(?:java|ecma)script)/

/**
 * Formats that share a container, so that the first bytes of one can be taken for the other's. None of them mixes what
 * browsers run with what they only show.
 */
const families: readonly RegExp[] = [
  /^(?:application\/(?:zip|java-archive|epub\+zip|vnd\.(?:openxmlformats-officedocument|oasis\.opendocument|ms-\w+)\..+)|application\/x-zip-compressed)$/,
  /^application\/(?:x-cfb|msword|vnd\.ms-(?:excel|powerpoint|outlook|project|visio.*)|vnd\.visio)$/,
  /^(?:video|audio)\/(?:mp4|x-m4a|x-m4v|m4a|quicktime|3gpp2?|aac|x-aac)$|^audio\/(?:mp4a-latm|x-m4b|x-m4p)$/,
  /^image\/(?:avif|avif-sequence|heic|heic-sequence|heif|heif-sequence)$/,
  /^(?:video|audio)\/(?:webm|matroska|x-matroska)$/,
  /^(?:video|audio|application)\/(?:ogg|opus|x-ogg)$/,
  /^audio\/(?:wav|wave|x-wav|vnd\.wave)$/,
  // A tag that comes first hides which of them it is.
  /^audio\/(?:mpeg|mp3|aac|x-aac|flac|x-flac)$/,
  /^audio\/(?:midi|x-midi|mid)$/,
  /^audio\/(?:aiff|x-aiff)$/,
  /^audio\/(?:x-)?caf$/,
  /^video\/(?:avi|msvideo|x-msvideo|vnd\.avi)$/,
  /^(?:video|audio)\/x-ms-(?:asf|wm[av]|wmx?)$|^(?:video|application)\/vnd\.ms-asf$/,
  /^video\/(?:mpeg|x-mpeg|mpg|mp1s|mp2p|mp2t)$/,
  /^video\/(?:x-)?flv$/,
  /^image\/(?:x-icon|vnd\.microsoft\.icon)$/,
  /^image\/(?:bmp|x-ms-bmp)$/,
  /^image\/(?:jpeg|jpg|pjpeg)$/,
  /^image\/(?:png|apng)$/,
  /^image\/tiff$|^image\/x-(?:canon|nikon|sony|adobe|pentax)-.+$/,
  /^image\/x-fuji(?:film)?-raf$/,
  /^image\/x-panasonic-(?:rw2?|raw)$/,
  /^(?:image|application)\/(?:vnd\.adobe\.photoshop|x-photoshop|photoshop|psd|x-psd)$/,
  /^application\/(?:gzip|x-gzip)$/,
  /^application\/(?:vnd\.rar|x-rar-compressed)$/,
  /^font\/(?:otf|ttf|sfnt|collection)$/,
]

/** What an application's own format may be packed in, and which types such formats have. */
const containers = /^application\/(?:zip|gzip|x-tar|x-7z-compressed|x-cfb|x-sqlite3|xml)$/
const ownFormats = /^application\/(?:vnd\.|x-|prs\.)|^(?:model|chemical)\//

/** Says in what the bytes of a file contradict its type, or `undefined` when they do not. */
export function contentProblem({ bytes, contentType, detected }: FileContent): string | undefined {
  const declared = mediaTypeEssence(contentType)
  // It claims nothing, and no browser shows it.
  if (declared === unknownContentType) return undefined
  const isText = textual.test(declared) || declared === 'image/svg+xml'
  if (!isText && shownKinds.test(declared) && containsMarkup(bytes)) {
    return `the file contains HTML or SVG, which has no place in ${declared}.`
  }
  if (beginsAs(declared, bytes)) return undefined
  if (detected === undefined) {
    if (isText || !signedKinds.test(declared)) return undefined
    return `the file does not begin as ${declared} does.`
  }
  return isSame(declared, mediaTypeEssence(detected), isText)
    ? undefined
    : `the file is ${mediaTypeEssence(detected)}, and was declared as ${declared}.`
}

function isSame(declared: string, detected: string, isText: boolean): boolean {
  if (declared === detected) return true
  if (isText) return textual.test(detected)
  if (ownFormats.test(declared) && containers.test(detected)) return true
  return families.some((family) => family.test(declared) && family.test(detected))
}
