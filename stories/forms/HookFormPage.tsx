import { useState } from 'react'
import { Controller, useForm } from 'react-hook-form'
import { S3Uploader, type StoredFile } from 's3-direct-upload'
import type { FormPageProps } from './form-page.js'

interface Letter {
  readonly files: readonly StoredFile[]
}

/** React Hook Form holds the value, and focuses the button where a file is missing. */
export function HookFormPage({ endpoint, transport }: FormPageProps) {
  const [sent, setSent] = useState<readonly string[]>([])
  const { control, handleSubmit, reset } = useForm<Letter>({ defaultValues: { files: [] } })
  const send = ({ files }: Letter) => {
    setSent(files.map(({ key }) => key))
    reset()
  }
  return (
    <form onSubmit={handleSubmit(send)}>
      <Controller
        name="files"
        control={control}
        rules={{ validate: (files) => files.length > 0 || 'Add a file.' }}
        render={({ field: { onChange, ref, ...field }, fieldState }) => (
          <S3Uploader
            {...field}
            endpoint={endpoint}
            transport={transport}
            label="Files"
            triggerRef={ref}
            onValueChange={onChange}
            error={fieldState.error?.message}
          />
        )}
      />
      <button type="submit">Send</button>
      {sent.length > 0 && <p role="status">{sent.length} files sent</p>}
    </form>
  )
}
