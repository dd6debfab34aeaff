import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { verifyReceipt } from 's3-direct-upload/server'
import { secret, startSite } from './site.mjs'

let site
before(async () => {
  site = await startSite()
})
after(() => site.close())

async function sign(bytes) {
  const file = { id: randomUUID(), name: 'photo.jpg', type: 'image/jpeg', size: bytes.length }
  const { files } = await site.ask({ operation: 'sign-uploads', files: [file] })
  return files[0]
}

async function complete({ token }) {
  const { uploads } = await site.ask({ operation: 'complete-uploads', uploads: [{ token }] })
  return uploads[0]
}

async function putParts({ partSizeBytes }, parts, bytes) {
  for (const { partNumber, url, headers } of parts) {
    const body = bytes.subarray((partNumber - 1) * partSizeBytes, partNumber * partSizeBytes)
    assert.equal((await fetch(url, { method: 'PUT', headers, body })).status, 200)
  }
}

test('runs on the oldest Node that the package names', () => {
  assert.match(process.version, /^v20\.19\./)
})

test('signs a small file, takes it and proves it by a receipt', async () => {
  const bytes = randomBytes(300_000)
  const signed = await sign(bytes)
  const form = new FormData()
  for (const [name, value] of Object.entries(signed.fields)) form.append(name, value)
  form.append('file', new Blob([bytes]))

  const { status } = await fetch(signed.url, { method: 'POST', body: form })
  const completed = await complete(signed)

  assert.equal(status, 201)
  assert.ok((await site.bytesOf(signed.key)).equals(bytes))
  const receipt = await verifyReceipt(completed.receipt, { secret, owner: 'ada' })
  assert.deepEqual([receipt.key, receipt.size], [signed.key, bytes.length])
  await assert.rejects(verifyReceipt(completed.receipt, { secret, owner: 'eve' }))
})

test('goes on with a large file where it stopped', async () => {
  const bytes = randomBytes(12_000_000)
  const signed = await sign(bytes)
  const { token } = signed
  assert.deepEqual([signed.method, signed.partCount], ['MULTIPART', 3])
  const first = await site.ask({ operation: 'sign-parts', token, parts: [{ partNumber: 2 }] })
  await putParts(signed, first.parts, bytes)

  const { state, parts } = await site.ask({ operation: 'list-parts', token })
  const missing = [1, 2, 3].filter((number) => !parts.some((part) => part.partNumber === number))
  const wanted = missing.map((partNumber) => ({ partNumber }))
  const rest = await site.ask({ operation: 'sign-parts', token, parts: wanted })
  await putParts(signed, rest.parts, bytes)
  const completed = await complete(signed)

  assert.deepEqual([state, missing], ['open', [1, 3]])
  assert.equal(completed.size, bytes.length)
  assert.ok((await site.bytesOf(signed.key)).equals(bytes))
})
