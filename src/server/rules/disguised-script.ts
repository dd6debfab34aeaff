import { mediaTypeOf } from '../../protocol/file-media-type.js'
import { mediaTypeEssence } from '../../protocol/media-types.js'
import type { RequestedFile } from '../contract/files.js'
import { canRunScript, contentTypeOf } from '../objects/media-type.js'

/** Which extensions files of a type have that can run script; an app that accepts one of them means such files. */
const scriptKinds: readonly (readonly [types: RegExp, extensions: string])[] = [
  [/^(?:text\/html|application\/xhtml\+xml)$/, 'html htm shtml xhtml xht'],
  [/^image\/svg\+xml$/, 'svg svgz'],
  [/script$/, 'js mjs cjs jsx'],
  [/^(?:multipart|message)\//, 'mht mhtml eml'],
  [/^application\/x-shockwave-flash$/, 'swf'],
  [
    /^(?:text|application)\/(?:xml|xsl|rdf|xml-.+)$|^(?!image\/svg|application\/xhtml).+\+xml$/,
    'xml xsl xslt xsd dtd rdf owl rss atom kml gpx tcx gml dae x3d xlf xliff tmx ttml dfxp smil mpd xspf opml fb2 ' +
      'musicxml mml mathml xmp plist wsdl xaml resx config opf ncx xbrl svg xhtml xht',
  ],
]

/**
 * Tells whether a file has an extension that no file of its type has, and a type that can run script: HTML that is called
 * `photo.jpg` does not pass by `.jpg`.
 */
export function isDisguisedScript(file: Pick<RequestedFile, 'name' | 'type'>): boolean {
  const type = mediaTypeEssence(contentTypeOf(mediaTypeOf(file)))
  if (!canRunScript(type)) return false
  const extension = file.name.slice(file.name.lastIndexOf('.') + 1).toLowerCase()
  return !scriptKinds.some(
    ([types, extensions]) => types.test(type) && extensions.split(' ').includes(extension),
  )
}
