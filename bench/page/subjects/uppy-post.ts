import { uploadWithStockPlugin } from './upload-with-stock-plugin.js'

/** `@uppy/aws-s3` with the fields of POST forms; parts of large files go by PUT all the same. */
export const upload = uploadWithStockPlugin('/api/uppy-post')
