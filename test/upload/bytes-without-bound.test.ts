import { describe, expect, it } from 'vitest'
import { UploadStore } from '../../src/upload/store/upload-store.js'
import { NetworkError } from '../../src/upload/upload-error.js'
import { Uploader } from '../../src/upload/uploader.js'
import { created, scriptEndpoint } from '../support/scripted-endpoint.js'

/** Enough to see that nothing ends it: the budget of five minutes allows far fewer. */
const many = 60

function setUp({ isOnline }: { readonly isOnline: boolean }) {
  const source = new Blob(['hello'])
  const endpoint = scriptEndpoint()
  const store = new UploadStore()
  const clock = { ms: 0 }
  const uploader = new Uploader({
    store,
    client: endpoint.client,
    transport: endpoint.transport,
    policy: {
      now: () => clock.ms,
      wallNow: () => clock.ms,
      random: () => 1,
      isOnline: () => isOnline,
      sleep: async (ms) => {
        clock.ms += ms
      },
    },
  })
  store.add([
    { id: 'a', uploadId: crypto.randomUUID(), name: 'a', type: 'text/plain', size: 5, source },
  ])
  return { endpoint, store, uploader }
}

describe('a browser that believes to be offline and sends all bytes', () => {
  it('does not send them for ever when no answer comes', async () => {
    const { endpoint, store, uploader } = setUp({ isOnline: false })
    endpoint.onSend = async (request, store) => {
      request.onProgress(5, 5)
      if (endpoint.sent.length < many) throw new NetworkError('No answer.', { code: 'network' })
      store()
      return created
    }

    await uploader.upload('a')

    expect(endpoint.sent.length).toBeLessThan(many)
    expect(store.get('a')?.status).toBe('failed')
  })
})
