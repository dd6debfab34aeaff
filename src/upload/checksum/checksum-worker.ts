import type { DigestMessage, DigestRequest } from './digest-messages.js'

/** Computes the SHA-256 of blobs beside the page. It runs on its own, so nothing but types may be imported here. */
addEventListener('message', ({ data }: MessageEvent<DigestRequest>) => {
  void answer(data)
})
send({ type: 'ready' })

async function answer({ id, blob }: DigestRequest): Promise<void> {
  try {
    const digest = await crypto.subtle.digest('SHA-256', await blob.arrayBuffer())
    send({ type: 'digest', id, digest }, [digest])
  } catch (error) {
    // Reading and hashing reject with nothing else.
    const { name, message } = error as DOMException
    send({ type: 'failure', id, name, message })
  }
}

function send(message: DigestMessage, transfer: Transferable[] = []): void {
  postMessage(message, { transfer })
}
