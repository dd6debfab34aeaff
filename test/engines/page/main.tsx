import { createRoot } from 'react-dom/client'
import { S3Uploader, type S3UploaderProps } from 's3-direct-upload'
import 's3-direct-upload/styles.css'
import type { Happening } from '../happening.js'

const query = new URLSearchParams(location.search)
// The row that opens the page writes it.
const props = JSON.parse(query.get('props') ?? '{}') as Partial<S3UploaderProps>
const happenings: Happening[] = []
Object.assign(window, { happenings })

const uploader = (
  <S3Uploader
    endpoint="/api/s3"
    {...props}
    onUploadComplete={({ name }) => happenings.push({ kind: 'complete', name })}
    onUploadError={({ name }, { code, message }) =>
      happenings.push({ kind: 'failed', name, code, message })
    }
  />
)

function handleSubmit(event: React.FormEvent<HTMLFormElement>) {
  event.preventDefault()
  const fields = [...new FormData(event.currentTarget).keys()]
  happenings.push({ kind: 'submitted', name: fields.join() })
}

const form = (
  <form onSubmit={handleSubmit}>
    {uploader}
    <button type="submit">Send</button>
  </form>
)

const root = document.getElementById('root')
if (root) createRoot(root).render(query.has('form') ? form : uploader)
