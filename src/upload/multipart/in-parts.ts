export { hasMoreArrived, sendMissingParts } from '../send-missing-parts.js'
export { OpenUpload } from './open-upload.js'
