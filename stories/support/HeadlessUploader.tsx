import {
  type S3UploaderOptions,
  type UseS3UploaderResult,
  useS3Uploader,
  useUploadRecord,
} from 's3-direct-upload'

/** An uploader of the app's own elements. */
export function HeadlessUploader(options: S3UploaderOptions) {
  const uploader = useS3Uploader(options)
  return (
    <div {...uploader.getDropzoneProps()}>
      <input {...uploader.getInputProps()} />
      <button {...uploader.getTriggerProps()}>Choose files</button>
      <ul>
        {uploader.ids.map((id) => (
          <File key={id} uploader={uploader} id={id} />
        ))}
      </ul>
    </div>
  )
}

function File({ uploader, id }: { uploader: UseS3UploaderResult; id: string }) {
  const file = useUploadRecord(uploader, id)
  return (
    <li>
      {file?.name}: {file?.status}{' '}
      <button type="button" onClick={() => uploader.remove(id)}>
        Remove {file?.name}
      </button>
    </li>
  )
}
