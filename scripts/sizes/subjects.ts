/** What apps import, and how many kilobytes of 1000 bytes its first load may have: minified, compressed, React left out. */
export const subjects = [
  { name: 'S3Uploader', limit: 36, code: "export { S3Uploader } from './dist/index.js'" },
  { name: 'useS3Uploader', limit: 28, code: "export { useS3Uploader } from './dist/index.js'" },
  { name: 'S3Download', limit: 6, code: "export { S3Download } from './dist/index.js'" },
  {
    name: 'plugin with Uppy core',
    limit: 38,
    code: "export { S3DirectUpload } from './dist/uppy/index.js'; export { Uppy } from '@uppy/core'",
  },
] as const
