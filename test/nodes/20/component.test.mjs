/** The recipe of docs/testing.md for a Node that MSW and the newest jsdom no longer run on. */

import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { runInNewContext } from 'node:vm'
import { createSigningHandler } from 's3-direct-upload/server'
import { createTestS3, createTestTransport } from 's3-direct-upload/testing'

const { JSDOM } = createRequire(new URL('packages/', import.meta.url))('jsdom')
const { window } = new JSDOM('<!doctype html><div id="root"></div>', {
  url: 'http://localhost:3000/',
  pretendToBeVisual: true,
})

/** As test runners with an environment of jsdom do it: the window's classes become the globals. */
const replaced =
  /^(Blob|File|FormData|Event|EventTarget|CustomEvent|DOMException|Abort.*|navigator)$/
for (const name of Object.getOwnPropertyNames(window)) {
  if (name in globalThis && !replaced.test(name)) continue
  const property = { value: window[name], configurable: true, writable: true }
  Object.defineProperty(globalThis, name, property)
}
Object.assign(globalThis, { window, document: window.document, self: window })

/** Under a test runner the window is a realm of its own, and so are the buffers that its files give. */
const ForeignBuffer = runInNewContext('ArrayBuffer')
const { arrayBuffer } = window.Blob.prototype
window.Blob.prototype.arrayBuffer = async function () {
  const bytes = new Uint8Array(await arrayBuffer.call(this))
  const copy = new ForeignBuffer(bytes.length)
  new Uint8Array(copy).set(bytes)
  return copy
}

const credentials = { accessKeyId: 'AKIATEST', secretAccessKey: 'secret' }
const s3 = createTestS3({ buckets: ['photos'], credentials })
const handler = createSigningHandler({
  bucket: 'photos',
  region: 'us-east-1',
  endpoint: 'https://s3.test',
  credentials,
  fetch: s3.fetch,
  secret: 'a secret of at least 32 characters, for tests',
  authorize: async () => ({ owner: 'anna' }),
})
// Node's `Request` takes no signal of jsdom.
globalThis.fetch = (url, { signal: _, ...init }) => handler(new Request(url, init))

test('a chosen file is in the bucket when the page says so', async () => {
  const [{ createElement }, { createRoot }, { S3Uploader }] = await Promise.all([
    import('react'),
    import('react-dom/client'),
    import('s3-direct-upload'),
  ])
  const root = createRoot(document.getElementById('root'))
  const outcome = new Promise((resolve, reject) => {
    const props = {
      endpoint: 'http://localhost:3000/api/s3',
      transport: createTestTransport(s3),
      onUploadComplete: resolve,
      onUploadError: (_file, error) => reject(error),
    }
    root.render(createElement(S3Uploader, props))
  })
  while (!document.querySelector('input[type=file]')) await new Promise((r) => setTimeout(r, 5))
  const input = document.querySelector('input[type=file]')
  const file = new window.File(['hello'], 'hello.txt', { type: 'text/plain' })

  Object.defineProperty(input, 'files', { value: [file], configurable: true })
  input.dispatchEvent(new window.Event('change', { bubbles: true }))
  await outcome

  const [object] = await s3.objects('photos')
  assert.equal(await new Response(await object.body()).text(), 'hello')
  root.unmount()
})
