import type { ServerResponse } from 'node:http'

/** Makes a signal that is aborted when the client leaves, or the connection is closed, before the answer is sent. */
export function clientSignal(response: ServerResponse): AbortSignal {
  const client = new AbortController()
  response.once('close', () => {
    if (!response.writableFinished) client.abort()
  })
  return client.signal
}
