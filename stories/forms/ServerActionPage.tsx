import { useActionState, useState } from 'react'
import { S3Uploader, type StoredFile } from 's3-direct-upload'
import type { FormPageProps } from './form-page.js'

/** What the server says of a form. */
interface Answer {
  readonly title?: string
  readonly message?: string
  readonly attached?: number
}

/** Stands for the server: `'use server'` in an app, where the receipts are verified. */
async function attach(form: FormData): Promise<Answer> {
  const title = String(form.get('title'))
  if (title === '') return { title, message: 'Give the album a title.' }
  return { attached: form.getAll('photos').length }
}

/** React resets a form after every action, also after one that answers with an error: so the page holds the files. */
export function ServerActionPage({ endpoint, transport }: FormPageProps) {
  const [files, setFiles] = useState<readonly StoredFile[]>([])
  const [state, action, isPending] = useActionState(async (_before: Answer, form: FormData) => {
    const answer = await attach(form)
    if (answer.attached !== undefined) setFiles([])
    return answer
  }, {})
  return (
    <form action={action}>
      <p>
        <label htmlFor="title">Title</label>{' '}
        <input id="title" name="title" defaultValue={state.title} />
      </p>
      <S3Uploader
        endpoint={endpoint}
        transport={transport}
        label="Photos"
        name="photos"
        value={files}
        onValueChange={setFiles}
        error={state.message}
      />
      <button type="submit" disabled={isPending}>
        Create album
      </button>
      {state.attached !== undefined && <p role="status">{state.attached} photos attached</p>}
    </form>
  )
}
