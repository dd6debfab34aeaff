import { languages } from '../entries/entry-points.js'

/**
 * What apps import, and how many kilobytes of 1000 bytes it may have: minified, compressed, React left out. `limit` is for what a page
 * loads at first, `laterLimit` for all that may come later.
 */
export const subjects = [
  {
    name: 'S3Uploader',
    limit: 47.4,
    laterLimit: 54.2,
    code: "export { S3Uploader } from './dist/index.js'",
  },
  {
    name: 'S3FilePicker',
    limit: 46.8,
    laterLimit: 54.2,
    code: "export { S3FilePicker } from './dist/index.js'",
  },
  {
    name: 'useS3Uploader',
    limit: 35.9,
    laterLimit: 54.2,
    code: "export { useS3Uploader } from './dist/index.js'",
  },
  {
    name: 'S3Download',
    limit: 6,
    laterLimit: 54.8,
    code: "export { S3Download } from './dist/index.js'",
  },
  {
    name: 'plugin with Uppy core',
    limit: 23.8,
    laterLimit: 48,
    code: "export { S3DirectUpload } from './dist/uppy/index.js'; export { Uppy } from '@uppy/core'",
  },
  ...languages.map((code) => ({
    name: `the texts in ${code}`,
    limit: code === 'ar' ? 5 : 4,
    laterLimit: 0,
    code: `export { ${code} } from './dist/react/locales/${code}.js'`,
  })),
] as const
