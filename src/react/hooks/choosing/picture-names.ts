/** Browsers call every pasted picture the same. */
const pictureName = /^(image)(\.\w+)$/

/** Gives pasted pictures names that the list does not have yet. */
export function namePicturesApart(
  files: readonly File[],
  hasName: (name: string) => boolean,
): readonly File[] {
  const taken = new Set<string>()
  return files.map((file) => {
    const name = freeName(file.name, (candidate) => taken.has(candidate) || hasName(candidate))
    taken.add(name)
    const { type, lastModified } = file
    return name === file.name ? file : new File([file], name, { type, lastModified })
  })
}

function freeName(name: string, isTaken: (name: string) => boolean): string {
  const [, stem, extension] = pictureName.exec(name) ?? []
  if (stem === undefined || !isTaken(name)) return name
  let number = 2
  while (isTaken(`${stem} ${number}${extension}`)) number += 1
  return `${stem} ${number}${extension}`
}
