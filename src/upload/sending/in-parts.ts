export { OpenUpload as MultipartState } from '../multipart/multipart-state.js'
export { hasMoreArrived, sendMissingParts } from './send-parts.js'
