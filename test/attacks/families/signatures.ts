import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { type AttackFamily, ignoredIf } from '../attack.js'
import { fileOf, s3EndingOf, sendForm, sendPut, transfer } from '../attack-client.js'
import { type AttackTarget, inParts } from '../attack-target.js'
import { signForm, signParts, signPut } from '../s3-sending.js'

const size = 20
const bytes = new Uint8Array(size)
const tenMinutes = 600

/** Sends a form once for each set of changes to its fields. */
async function sendForms(
  target: AttackTarget,
  changes: readonly Readonly<Record<string, string>>[],
): Promise<readonly string[]> {
  const { url, fields } = await signForm(target, { size })
  return Promise.all(changes.map((changed) => sendForm(url, { ...fields, ...changed }, bytes)))
}

/** Getting more out of a signature than it was made for. */
export const signatures: AttackFamily = {
  name: 'signatures',
  attacks: [
    {
      tries: 'exchanges the bytes of an object after they were looked at',
      ends: 'S3 412 PreconditionFailed',
      attempt: async (target) => {
        const checked = { path: '/checked' } as const
        const signed = await target.upload({ size }, checked)
        await target.receiptOf(signed.token, checked)
        return transfer(signed, new TextEncoder().encode('<script>1</script>'.padEnd(size)))
      },
    },
    {
      tries: 'has other bytes looked at than are stored, by a content encoding',
      ends: 'type-mismatch',
      attempt: async (target) => {
        const checked = { path: '/checked' } as const
        const encoded = [gzipSync(bytes), brotliCompressSync(bytes), deflateSync(bytes)]
        const names = ['gzip', 'br', 'deflate']
        const endings = encoded.map(async (body, index) => {
          const signed = await target.sign({ size: body.length }, checked)
          if (signed.method !== 'PUT') throw new Error('The upload is no PUT.')
          const headers = { ...signed.headers, 'content-encoding': names[index] ?? '' }
          await sendPut(signed.url, headers, body)
          return target.endingsOf('complete-uploads', { uploads: [signed] }, checked)
        })
        return (await Promise.all(endings)).flat()
      },
    },
    {
      tries: 'has a file signed without the checksum that the app demands',
      ends: 'invalid-request',
      attempt: (target) => {
        const files = [fileOf(), fileOf(inParts), fileOf({ checksumAlgorithm: 'SHA256' })]
        return target.endingsOf('sign-uploads', { files }, { path: '/checksums' })
      },
    },
    {
      tries: 'replays a POST policy for another key',
      ends: 'S3 403 AccessDenied',
      attempt: async (target) => {
        const { key } = await signForm(target, { size })
        const theirs = await target.upload({}, { user: 'ada' })
        return sendForms(
          target,
          // biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholder of S3.
          [theirs.key, key, 'a.txt', 'files/${filename}', `${key}/../../a`].map((other) => ({
            key: other,
          })),
        )
      },
    },
    {
      tries: 'posts with another type, or with fields that make the object public or redirect',
      ends: 'S3 403 AccessDenied',
      attempt: (target) =>
        sendForms(target, [
          { 'Content-Type': 'text/html' },
          { 'Content-Type': 'image/jpeg,text/html' },
          { acl: 'public-read' },
          { 'x-amz-acl': 'public-read' },
          { 'x-amz-meta-owner': 'ada' },
          { 'x-amz-storage-class': 'GLACIER' },
          { 'x-amz-website-redirect-location': 'https://evil.example' },
          { 'Cache-Control': 'max-age=1' },
          { 'Content-Disposition': 'inline' },
          { 'Content-Encoding': 'gzip' },
          { success_action_redirect: 'https://evil.example' },
          { success_action_status: '200' },
          { tagging: '<Tagging><TagSet/></Tagging>' },
        ]),
    },
    {
      tries: 'widens a POST policy and keeps its signature',
      ends: 'S3 403 SignatureDoesNotMatch',
      attempt: async (target) => {
        const { url, fields } = await signForm(target, { size })
        const { policy = '' } = fields
        const { expiration } = JSON.parse(Buffer.from(policy, 'base64').toString())
        const wide = { expiration, conditions: [['starts-with', '$key', '']] }
        const other = Buffer.from(JSON.stringify(wide)).toString('base64')
        return sendForm(url, { ...fields, policy: other, key: 'a.txt' }, bytes)
      },
    },
    {
      tries: 'puts to another key, another bucket, or with another query',
      ends: 'S3 403 SignatureDoesNotMatch',
      attempt: async (target) => {
        const { url, headers, key } = await signPut(target, { size })
        const theirs = await target.upload({}, { user: 'ada' })
        const urls = [
          url.replace(key, theirs.key),
          url.replace(key, 'a.txt'),
          url.replace(key, `${key}x`),
          url.replace(/X-Amz-Expires=\d+/, 'X-Amz-Expires=604800'),
          `${url}&tagging`,
          `${url}&x-id=PutObject`,
          `${url}&partNumber=1&uploadId=x`,
        ]
        return Promise.all(urls.map((other) => sendPut(other, headers, bytes)))
      },
    },
    {
      tries: 'puts with another type, without its condition, or with headers of their own',
      ends: 'S3 403 SignatureDoesNotMatch',
      attempt: async (target) => {
        const { url, headers } = await signPut(target, { size })
        const { 'if-none-match': _, ...unconditional } = headers
        return Promise.all([
          sendPut(url, { ...headers, 'content-type': 'text/html' }, bytes),
          sendPut(url, { ...headers, 'content-type': 'image/jpeg, text/html' }, bytes),
          sendPut(url, unconditional, bytes),
          sendPut(url, { ...headers, 'if-none-match': '"x"' }, bytes),
        ])
      },
    },
    {
      tries: 'puts with x-amz headers that are not signed',
      ends: 'S3 403 AccessDenied',
      attempt: async (target) => {
        const theirs = await target.upload({}, { user: 'ada' })
        const added: readonly (readonly [string, string])[] = [
          ['x-amz-acl', 'public-read'],
          ['x-amz-tagging', 'a=b'],
          ['x-amz-meta-owner', 'ada'],
          ['x-amz-website-redirect-location', 'https://evil.example'],
          ['x-amz-copy-source', `/${target.bucket.name}/${theirs.key}`],
        ]
        return Promise.all(
          added.map(async ([name, value]) => {
            const { url, headers } = await signPut(target, { size })
            return sendPut(url, { ...headers, [name]: value }, bytes)
          }),
        )
      },
    },
    {
      tries: 'puts twice to replace an object that was checked',
      ends: 'S3 412 PreconditionFailed',
      attempt: async (target) => {
        const signed = await target.upload({ size }, { path: '/put' })
        if (signed.method !== 'PUT') throw new Error('The upload is no PUT.')
        const again = () => sendPut(signed.url, signed.headers, bytes)
        const before = await again()
        await target.receiptOf(signed.token)
        return [before, await again()]
      },
    },
    {
      tries: 'reads or deletes with the URL of a PUT, or aborts with that of a part',
      ends: 'S3 403 SignatureDoesNotMatch',
      attempt: async (target) => {
        const put = await signPut(target, { size })
        const { first } = await signParts(target)
        const abort = first.url.replace(/partNumber=1&?/, '')
        const requests: readonly (readonly [string, string])[] = [
          ['GET', put.url],
          ['DELETE', put.url],
          ['DELETE', abort],
          ['POST', abort],
        ]
        return Promise.all(
          requests.map(async ([method, url]) => s3EndingOf(await fetch(url, { method }))),
        )
      },
    },
    {
      tries: 'puts with a signature that has ended',
      ends: 'S3 403 AccessDenied',
      attempt: (target) =>
        target
          .atTime(-tenMinutes - 5, () => signPut(target, { size }))
          .then(({ url, headers }) => sendPut(url, headers, bytes)),
    },
    {
      tries: 'posts with a policy that has ended',
      ends: 'S3 403 AccessDenied',
      attempt: (target) =>
        target
          .atTime(-tenMinutes - 5, () => signForm(target, { size }))
          .then(({ url, fields }) => sendForm(url, fields, bytes)),
    },
    {
      tries: 'replaces an upload in parts that was completed, by its parts',
      ends: 'S3 404 NoSuchUpload',
      attempt: async (target) => {
        const { token, first, second } = await signParts(target)
        const [large, small] = [new Uint8Array(5 * 2 ** 20), new Uint8Array(2 ** 20)]
        await sendPut(first.url, first.headers, large)
        await sendPut(second.url, second.headers, small)
        await target.receiptOf(token)
        return [
          await sendPut(first.url, first.headers, large),
          await sendPut(second.url, second.headers, small),
        ]
      },
    },
    {
      tries: 'finds credentials of the server in what it signs',
      ends: 'ignored',
      attempt: async (target) => {
        const signed = [await signForm(target), await signPut(target), await signParts(target)]
        const { secretAccessKey } = target.bucket.credentials
        return signed.map((upload) =>
          ignoredIf(!JSON.stringify(upload).includes(secretAccessKey), 'the secret key is in it'),
        )
      },
    },
  ],
}
