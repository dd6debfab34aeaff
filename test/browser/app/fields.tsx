import { createRoot } from 'react-dom/client'
import { S3Uploader } from 's3-direct-upload'
import 's3-direct-upload/styles.css'

/** Fields that are named in every way there is. */
function Fields() {
  return (
    <form>
      <S3Uploader endpoint="/api/s3" label="Contract" name="contract" />
      <label htmlFor="photos">Photos</label>
      <S3Uploader endpoint="/api/s3" id="photos" name="photos" />
      <h2 id="letters">Letters</h2>
      <S3Uploader endpoint="/api/s3" aria-labelledby="letters" name="letters" />
      <S3Uploader endpoint="/api/s3" aria-label="Receipts" name="receipts" error="Add one." />
    </form>
  )
}

const root = document.getElementById('root')
if (root) createRoot(root).render(<Fields />)
