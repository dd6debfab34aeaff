import fc from 'fast-check'

/** AWS's example key pair; it opens nothing. */
export const exampleKey = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
}

/** The same requests in every run. */
export const fixedRuns = { seed: 20151229, numRuns: 150 }

const awkward = [..."aZ0 +()*'!~%&=#?$@:;,.<>[]{}|\\^`-_é日😀\u0301"]

/** Text of letters, spaces and every character that is easily encoded wrongly. */
export const awkwardText = fc.string({
  unit: fc.constantFrom(...awkward),
  minLength: 1,
  maxLength: 12,
})

/** Keys as they appear in a bucket: segments of awkward text, no dot segments. */
export const objectKeys = fc
  .array(awkwardText, { minLength: 1, maxLength: 3 })
  .filter((segments) => !segments.some((segment) => segment === '.' || segment === '..'))
  .map((segments) => segments.join('/'))

/** A query string with distinct names, in the encodings that are found in the wild. */
export const queries = fc
  .uniqueArray(fc.tuple(awkwardText, fc.oneof(awkwardText, fc.constant(''))), {
    selector: ([name]) => name,
    maxLength: 4,
  })
  .chain((pairs) =>
    fc.constantFrom(
      new URLSearchParams(pairs).toString(),
      pairs.map((pair) => pair.map(encodeURIComponent).join('=')).join('&'),
    ),
  )

/** Header values with leading, trailing and repeated spaces. */
export const headerValues = fc.string({
  unit: fc.constantFrom(...'ab "=;/,()'.split(''), '  ', 'text/plain'),
  minLength: 1,
  maxLength: 10,
})

/** Headers that a storage request carries. */
export const headers = fc.dictionary(
  fc.constantFrom('Content-Type', 'cache-control', 'X-Amz-Meta-Name', 'x-amz-acl', 'if-none-match'),
  headerValues,
  { noNullPrototype: true },
)

/** Permanent and temporary credentials. */
export const credentials = fc.option(awkwardText, { nil: undefined }).map((text) => ({
  ...exampleKey,
  ...(text === undefined ? {} : { sessionToken: `${encodeURIComponent(text)}/+=` }),
}))

/** Times of the years in which signatures are made. */
export const times = fc
  .integer({ min: Date.UTC(2015, 0) / 1000, max: Date.UTC(2040, 0) / 1000 })
  .map((seconds) => new Date(seconds * 1000))
