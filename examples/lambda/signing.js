import { createSigningHandler } from 's3-direct-upload/server'
import { configFromEnv } from 's3-direct-upload/server/node'

// Lambda sets the keys of the function's role in the environment.
export const signing = createSigningHandler(() => ({
  ...configFromEnv(),
  // Ask your session here who is calling.
  authorize: () => ({ owner: 'everybody' }),
  rules: { maxFileSize: '5GB' },
}))
