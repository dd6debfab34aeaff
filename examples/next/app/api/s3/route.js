import { createSigningHandler } from 's3-direct-upload/server'
import { configFromEnv } from 's3-direct-upload/server/node'

// A function, so that the options are read at the first request: `next build` loads this file where no bucket is known.
export const POST = createSigningHandler(() => ({
  ...configFromEnv(),
  // Ask your session here who is calling.
  authorize: () => ({ owner: 'everybody' }),
  rules: { maxFileSize: '5GB' },
}))
