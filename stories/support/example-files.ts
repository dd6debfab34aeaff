import { userEvent } from 'storybook/test'

/** A file of zeros. */
export function fileOf(name: string, type: string, sizeBytes: number): File {
  return new File([new Uint8Array(sizeBytes)], name, { type })
}

export const photo = () => fileOf('evening-at-the-lake.jpg', 'image/jpeg', 840_000)
export const contract = () => fileOf('rental-contract-2026.pdf', 'application/pdf', 310_000)
export const song = () => fileOf('rehearsal.mp3', 'audio/mpeg', 1_400_000)

export const recording = () => fileOf('board-meeting.m4a', 'audio/mp4', 11_000_000)

/** A film with a handle, as of a file that was dropped. */
async function filmOnDisk(): Promise<FileSystemFileHandle> {
  const disk = await navigator.storage.getDirectory()
  const handle = await disk.getFileHandle('opening-night.mov', { create: true })
  const writable = await handle.createWritable()
  await writable.write(new Uint8Array(16_000_000))
  await writable.close()
  return handle
}

/** Drops a film from a disk; the browser can open it again after a reload. */
export async function dropFilm(canvas: HTMLElement): Promise<void> {
  const handle = await filmOnDisk()
  const file = await handle.getFile()
  const item = {
    kind: 'file',
    getAsFile: () => file,
    getAsFileSystemHandle: async () => handle,
  }
  const drop = new Event('drop', { bubbles: true, cancelable: true })
  // A script cannot make a transfer that has handles.
  Object.assign(drop, { dataTransfer: { types: ['Files'], items: [item] } })
  canvas.querySelector('.s3u')?.dispatchEvent(drop)
}

/** Chooses files as in the file dialog, also ones that it would not offer. */
export async function choose(canvas: HTMLElement, ...files: File[]): Promise<void> {
  const input = canvas.querySelector<HTMLInputElement>('input[type="file"]')
  if (!input) throw new Error('There is no file input in this story.')
  await userEvent.setup({ applyAccept: false }).upload(input, files)
}
