export { MultipartState } from '../multipart/multipart-state.js'
export { hasMoreArrived, sendParts } from './send-parts.js'
