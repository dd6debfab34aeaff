/** Binary units, as S3 counts: one kibibyte is 1,024 bytes. */
export const kibibyte = 1024
export const mebibyte = 1024 * kibibyte
export const gibibyte = 1024 * mebibyte
