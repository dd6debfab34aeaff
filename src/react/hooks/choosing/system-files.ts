const names: ReadonlySet<string> = new Set([
  '.ds_store',
  '.localized',
  'icon\r',
  'thumbs.db',
  'ehthumbs.db',
  'desktop.ini',
  '__macosx',
  '.spotlight-v100',
  '.trashes',
  '.fseventsd',
  '$recycle.bin',
  'system volume information',
])

/** AppleDouble files beside each file of a Mac on a foreign drive, and Office's own files beside an open document. */
const beginnings = /^(?:\._|~\$)/

/** Whether systems put a file or folder of this name into folders, out of the user's sight. */
export function isSystemFile(name: string): boolean {
  return names.has(name.toLowerCase()) || beginnings.test(name)
}

/** Whether a file lies in a chosen folder as a system file, or in a system folder there. */
export function isSystemPath(relativePath: string): boolean {
  return relativePath.split('/').slice(1).some(isSystemFile)
}
