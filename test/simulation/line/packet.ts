/** Bytes of data in one TCP packet. */
export const packetBytes = 1460

/** Bytes that a request has before its body. */
export const headBytes = 1200

/** Bytes of a preflight. */
export const preflightBytes = 600
