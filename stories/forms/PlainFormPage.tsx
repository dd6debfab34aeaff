import { type FormEvent, useState } from 'react'
import { S3Uploader } from 's3-direct-upload'
import type { FormPageProps } from './form-page.js'

/** A form as the browser sends it: the receipts are among its fields. */
export function PlainFormPage({ endpoint, transport }: FormPageProps) {
  const [sent, setSent] = useState<number>()
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    // Where the page is left, the browser sends the same.
    setSent(new FormData(event.currentTarget).getAll('attachments').length)
  }
  return (
    <form onSubmit={send}>
      <S3Uploader
        endpoint={endpoint}
        transport={transport}
        label="Attachments"
        name="attachments"
        required
      />
      <button type="submit">Send</button> <button type="reset">Start over</button>
      {sent !== undefined && <p role="status">{sent} receipts sent</p>}
    </form>
  )
}
