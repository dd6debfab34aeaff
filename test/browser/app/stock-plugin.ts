import AwsS3 from '@uppy/aws-s3'
import Uppy from '@uppy/core'
import { createSignRequest } from 's3-direct-upload/uppy'

/** `@uppy/aws-s3` as an app has it that came with it; the page says how it ended. */
const query = new URLSearchParams(location.search)
const uppy = new Uppy()
uppy.use(AwsS3, {
  signRequest: createSignRequest('/api/s3', query.has('no-instance') ? {} : { uppy }),
  shouldUseMultipart: query.has('multipart'),
  ...(query.has('default-keys') ? {} : { generateObjectKey: (file) => file.id }),
})

const input = document.querySelector('input')
const output = document.querySelector('output')
input?.addEventListener('change', async () => {
  for (const file of input.files ?? []) {
    // The names of two files may be the same, their ids not.
    const id = crypto.randomUUID()
    uppy.addFile({ id, name: file.name, type: file.type, data: file })
  }
  const result = await uppy.upload()
  const failed = result?.failed?.map(({ error }) => error) ?? []
  const keys = result?.successful?.map(({ response }) => response?.body?.key) ?? []
  if (output) output.textContent = JSON.stringify({ keys, failed })
})
