import { userEvent } from 'storybook/test'

/** A file of zeros. */
export function fileOf(name: string, type: string, sizeBytes: number): File {
  return new File([new Uint8Array(sizeBytes)], name, { type })
}

export const photo = () => fileOf('evening-at-the-lake.jpg', 'image/jpeg', 840_000)
export const contract = () => fileOf('rental-contract-2026.pdf', 'application/pdf', 310_000)
export const song = () => fileOf('rehearsal.mp3', 'audio/mpeg', 1_400_000)

/** Chooses files as in the file dialog, also ones that it would not offer. */
export async function choose(canvas: HTMLElement, ...files: File[]): Promise<void> {
  const input = canvas.querySelector<HTMLInputElement>('input[type="file"]')
  if (!input) throw new Error('There is no file input in this story.')
  await userEvent.setup({ applyAccept: false }).upload(input, files)
}
