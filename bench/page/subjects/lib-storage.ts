import { S3Client } from '@aws-sdk/client-s3'
import { Upload as LibStorageUpload } from '@aws-sdk/lib-storage'
import { bucket } from '../../server/bucket.js'
import { runSixWide } from './six-wide.js'
import type { Upload } from './subject.js'

/** The AWS SDK's `Upload` with its defaults and credentials in the page, six files at a time. */
export const upload: Upload = async (files, { s3Url, onFileComplete }) => {
  const client = new S3Client({
    endpoint: s3Url,
    forcePathStyle: true,
    region: bucket.region,
    credentials: bucket.credentials,
  })
  const tasks = files.map((file) => async () => {
    const params = {
      Bucket: bucket.name,
      Key: `${crypto.randomUUID()}-${file.name}`,
      Body: file,
      ContentType: file.type,
    }
    await new LibStorageUpload({ client, params }).done()
    onFileComplete(file)
  })
  await runSixWide(tasks)
}
