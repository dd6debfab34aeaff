import { createSigningClient } from '../../src/upload/endpoint/signing-client.js'

/** Uploads as the protocol says, over HTTP: sign, post to the bucket, complete; returns the key. */
export async function uploadOverHttp(url: string, content: Uint8Array<ArrayBuffer>) {
  const { signal } = new AbortController()
  const client = createSigningClient({ endpoint: `${url}/api/s3` })
  const file = {
    id: crypto.randomUUID(),
    name: 'photo.jpg',
    type: 'image/jpeg',
    size: content.byteLength,
  }
  const [signed] = await client.signUploads([file], { attempt: 1, signal })
  if (!signed || 'error' in signed || signed.method !== 'POST') {
    throw new Error(`The example does not sign a POST: ${JSON.stringify(signed)}`)
  }
  const form = new FormData()
  for (const [name, value] of Object.entries(signed.fields)) form.append(name, value)
  form.append('file', new Blob([content]))
  const { status } = await fetch(signed.url, { method: 'POST', body: form })
  const [completed] = await client.completeUploads([signed.token], { signal })
  return { status, completed }
}
