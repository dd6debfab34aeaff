import * as v from 'valibot'

export const seconds = v.pipe(v.number(), v.finite(), v.minValue(0))
/** How long something may be used. */
export const lifetime = v.pipe(seconds, v.minValue(1))
export const byteCount = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
export const text = (maxLength: number) => v.pipe(v.string(), v.maxLength(maxLength))
/** The most characters of a token or a receipt. */
export const maxTokenLength = 16_384
export const token = text(maxTokenLength)

/** S3 numbers parts from 1 to 10,000. */
export const partNumber = v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(10_000))

/** A digest in base64, the form in which S3 takes it. */
export const sha256Text = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z0-9+/]{43}=$/, 'must be a base64 SHA-256'),
)

/** The one algorithm that every browser computes by itself. */
export const checksumAlgorithm = v.literal('SHA256')

export const httpUrl = v.pipe(
  v.string(),
  v.url('must be an absolute URL'),
  v.regex(/^https?:/i, 'must be an http: or https: URL'),
)
