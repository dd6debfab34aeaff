/** Nothing is left of a request's body, because something in front of the handler has read it. */
export class BodyReadError extends Error {
  override readonly name = 'BodyReadError'

  constructor() {
    super(
      's3-direct-upload: the request body was read before the signing handler got it. ' +
        'Mount the handler before any body parser, or hand it the untouched request.',
    )
  }
}

/** Something in front of the handler refuses to read a body of this length. */
export class BodyLimitError extends Error {
  override readonly name = 'BodyLimitError'

  constructor(options?: ErrorOptions) {
    super(
      's3-direct-upload: a body parser or a limit in front of the signing handler gave up reading the request. ' +
        'Mount the handler before it, or raise the limit to 1 MiB.',
      options,
    )
  }
}
