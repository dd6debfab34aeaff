import { useForm } from '@tanstack/react-form'
import { useState } from 'react'
import { S3Uploader, type StoredFile } from 's3-direct-upload'
import type { FormPageProps } from './form-page.js'

const noFiles: readonly StoredFile[] = []

/** TanStack Form holds the value. */
export function TanStackFormPage({ endpoint, transport }: FormPageProps) {
  const [sent, setSent] = useState<readonly string[]>([])
  const form = useForm({
    defaultValues: { files: noFiles },
    onSubmit({ value, formApi }) {
      setSent(value.files.map(({ key }) => key))
      formApi.reset()
    },
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void form.handleSubmit()
      }}
    >
      <form.Field
        name="files"
        validators={{ onSubmit: ({ value }) => (value.length > 0 ? undefined : 'Add a file.') }}
      >
        {(field) => (
          <S3Uploader
            endpoint={endpoint}
            transport={transport}
            label="Files"
            name={field.name}
            value={field.state.value}
            onValueChange={(value) => field.handleChange(value)}
            onBlur={field.handleBlur}
            error={field.state.meta.errors[0]}
          />
        )}
      </form.Field>
      <button type="submit">Send</button>
      {sent.length > 0 && <p role="status">{sent.length} files sent</p>}
    </form>
  )
}
