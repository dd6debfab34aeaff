import { createSigningHandler } from 's3-direct-upload/server'
import { configFromEnv } from 's3-direct-upload/server/node'

/** Made at the first request: `next build` loads this file where no bucket is known. */
let handler

export function POST(request) {
  handler ??= createSigningHandler({
    ...configFromEnv(),
    // Ask your session here who is calling.
    authorize: () => ({ owner: 'everybody' }),
    rules: { maxFileSize: '5GB' },
  })
  return handler(request)
}
