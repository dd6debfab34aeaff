import { uploadWithStockPlugin } from './upload-with-stock-plugin.js'

/** `@uppy/aws-s3` with presigned PUT requests. */
export const upload = uploadWithStockPlugin('/api/uppy-put')
