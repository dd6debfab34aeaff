import { type FormEvent, useState } from 'react'
import { S3Uploader, type StoredFile } from 's3-direct-upload'
import type { FormPageProps } from './form-page.js'

const picture = 'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg"/>'

const firstPhotos: readonly StoredFile[] = [
  {
    key: 'albums/7/beach.jpg',
    name: 'beach.jpg',
    size: 2_400_000,
    type: 'image/jpeg',
    href: picture,
  },
  {
    key: 'albums/7/dunes.jpg',
    name: 'dunes.jpg',
    size: 1_800_000,
    type: 'image/jpeg',
    href: picture,
  },
]

/** The files of a record, some of them stored before; what the form sends is put together as a server would. */
export function EditFormPage({ endpoint, transport }: FormPageProps) {
  const [saved, setSaved] = useState(firstPhotos)
  const [photos, setPhotos] = useState(firstPhotos)
  const save = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const keptKeys = form.getAll('photos_stored')
    // Of the keys only those that the record has: a browser can send any.
    const kept = saved.filter(({ key }) => keptKeys.includes(key))
    // A server verifies each receipt, which names the key; then the file is one of the record, without a receipt.
    const receipts = form.getAll('photos')
    const added = photos
      .filter(({ receipt = '' }) => receipts.includes(receipt))
      .map(({ receipt: _, ...file }) => file)
    setSaved([...kept, ...added])
    setPhotos([...kept, ...added])
  }
  return (
    <form onSubmit={save}>
      <S3Uploader
        endpoint={endpoint}
        transport={transport}
        label="Photos"
        name="photos"
        maxFiles={4}
        value={photos}
        onValueChange={setPhotos}
      />
      <button type="submit">Save</button>
      <p role="status">In the album: {saved.map(({ name }) => name).join(', ')}</p>
    </form>
  )
}
