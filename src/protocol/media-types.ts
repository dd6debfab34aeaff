/** Names that systems give to a type beside its registered one. */
const aliases: ReadonlyMap<string, string> = new Map([
  ['image/jpg', 'image/jpeg'],
  ['image/pjpeg', 'image/jpeg'],
  ['image/x-png', 'image/png'],
  ['audio/mp3', 'audio/mpeg'],
  ['audio/x-wav', 'audio/wav'],
  ['audio/wave', 'audio/wav'],
])

/** Returns a media type without its parameters, in lower case. */
export function mediaTypeEssence(type: string): string {
  return (type.split(';', 1)[0] ?? '').trim().toLowerCase()
}

/** Returns the registered name of a media type, in lower case and without parameters. */
export function registeredType(type: string): string {
  const essence = mediaTypeEssence(type)
  return aliases.get(essence) ?? essence
}
