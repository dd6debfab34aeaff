import { mediaTypeEssence, registeredType } from './media-types.js'

/** Types by extension, for the kinds that apps accept as a whole (`image/*`): browsers and systems do not know them all. */
const extensionsByKind: Readonly<Record<string, string>> = {
  image:
    'jpeg:jpg,jpeg,jpe,jfif png gif webp avif heic heif bmp tiff:tif,tiff svg+xml:svg jxl apng x-icon:ico ' +
    'vnd.adobe.photoshop:psd x-adobe-dng:dng x-canon-cr2:cr2 x-canon-cr3:cr3 x-nikon-nef:nef x-sony-arw:arw ' +
    'x-fujifilm-raf:raf x-olympus-orf:orf x-panasonic-rw2:rw2 x-pentax-pef:pef',
  video:
    'mp4 x-m4v:m4v quicktime:mov,qt webm x-matroska:mkv mp2t:mts,m2ts 3gpp:3gp 3gpp2:3g2 x-msvideo:avi ' +
    'x-ms-wmv:wmv mpeg:mpg,mpeg ogg:ogv x-flv:flv',
  audio:
    'mpeg:mp3 mp4:m4a wav aac ogg:ogg,oga opus flac x-ms-wma:wma aiff:aif,aiff midi:mid,midi amr x-caf:caf',
}

let typesByExtension: ReadonlyMap<string, string> | undefined

/** What browsers and systems say when they do not know the type of a file. */
const saysNothing =
  /^(?:|application\/(?:octet-stream|x-unknown|unknown)|binary\/octet-stream|unknown\/unknown)$/

/** Returns the registered type of a file: as it was declared, or as its extension tells where that says nothing. */
export function mediaTypeOf({
  name,
  type,
}: {
  readonly name: string
  readonly type: string
}): string {
  const essence = mediaTypeEssence(type)
  const registered = registeredType(essence)
  if (!saysNothing.test(essence)) return registered === essence ? type : registered
  typesByExtension ??= readTable()
  const extension = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''
  return typesByExtension.get(extension) ?? type
}

/** Returns the extensions that tell a type. */
export function namedExtensions(): string[] {
  typesByExtension ??= readTable()
  return [...typesByExtension.keys()]
}

/** `jpeg:jpg,jpe` names the extensions of a type; where there is none, it is the type's own name. */
function readTable(): Map<string, string> {
  const types = new Map<string, string>()
  for (const [kind, table] of Object.entries(extensionsByKind)) {
    for (const entry of table.split(' ')) {
      const [subtype = '', extensions = subtype] = entry.split(':')
      for (const extension of extensions.split(',')) types.set(extension, `${kind}/${subtype}`)
    }
  }
  return types
}
