import AwsS3 from '@uppy/aws-s3'
import { Uppy } from '@uppy/core'
import type { UppyRequest, UppySignature } from '../../server/sign-for-uppy.js'
import type { Upload } from './subject.js'
import { uploadWithUppy } from './upload-with-uppy.js'

/** `@uppy/aws-s3` with its defaults; the app signs one request at a time, as the plugin asks for it. */
export function uploadWithStockPlugin(endpoint: string): Upload {
  const signRequest = async (request: UppyRequest) => {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
    })
    // The answer of the app of this benchmark.
    return (await response.json()) as UppySignature
  }
  return (files, { onFileComplete }) =>
    uploadWithUppy(new Uppy().use(AwsS3, { signRequest }), files, onFileComplete)
}
