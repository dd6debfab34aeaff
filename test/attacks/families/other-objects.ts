import { type AttackFamily, ignoredIf } from '../attack.js'
import { fileOf } from '../attack-client.js'
import { type AttackTarget, inParts } from '../attack-target.js'

/** Words that some server might look for in a request, each with what belongs to the victim. */
function smuggledFields(victimKey: string): Readonly<Record<string, unknown>> {
  const names = [
    ...['key', 'Key', 'objectKey', 'object_key', 'filename', 'path', 'prefix', 'directory'],
    ...['bucket', 'Bucket', 'region', 'endpoint', 'url', 'location', 'handler', 'owner', 'user'],
    ...['uploadId', 'UploadId', 's3UploadId', 'upload_id', 'etag', 'versionId', 'contentType'],
    ...[
      'Content-Type',
      'acl',
      'ACL',
      'tagging',
      'method',
      'kind',
      'claims',
      'secret',
      'credentials',
    ],
  ]
  const texts = names.map((name): [string, unknown] => [name, victimKey])
  const objects = names.map((name): [string, unknown] => [name, { key: victimKey, 0: victimKey }])
  return Object.fromEntries([
    ...texts,
    ...objects.map(([name, value]) => [`${name}[]`, value]),
    ['fields', { key: victimKey, acl: victimKey }],
    ['headers', { 'x-amz-copy-source': victimKey, host: victimKey }],
    ['query', { prefix: victimKey }],
    ['$ref', victimKey],
  ])
}

const ofAda = { name: 'victim.txt', type: 'text/plain', size: 20 }

/** Sends a request once for each smuggled field, in the envelope and in the item. */
async function smuggle(
  target: AttackTarget,
  requestOf: (inItem: object) => object,
): Promise<readonly string[]> {
  const { key: victimKey } = await target.upload(ofAda, { user: 'ada' })
  const digest = await target.bucket.sha256(victimKey)
  const endings: string[] = []
  for (const [name, value] of Object.entries(smuggledFields(victimKey))) {
    for (const request of [{ [name]: value, ...requestOf({}) }, requestOf({ [name]: value })]) {
      const { status, body } = await target.send(request)
      if (status !== 200 || body.includes('"error"')) endings.push(`refused: ${body}`)
      endings.push(ignoredIf(!readable(body).includes('victim'), `${name} is in the answer`))
    }
  }
  const remains = (await target.bucket.keys()).includes(victimKey)
  const isSame = remains && (await target.bucket.sha256(victimKey)) === digest
  return [...endings, ignoredIf(isSame, 'the object of another was changed')]
}

/** An answer together with what is encoded in it: policies, claims and the queries of URLs. */
function readable(body: string): string {
  const encoded = body.match(/[A-Za-z0-9_+/-]{40,}/g) ?? []
  const decoded = encoded.map((text) => Buffer.from(text, 'base64').toString())
  return [body, decodeURIComponent(body.replace(/%(?![0-9A-F]{2})/gi, '')), ...decoded].join('\n')
}

/** Naming what the server alone names: keys, buckets and uploads. */
export const otherObjects: AttackFamily = {
  name: 'other objects',
  attacks: [
    {
      tries: 'has a key, bucket or prefix of their own signed',
      ends: 'ignored',
      attempt: (target) =>
        smuggle(target, (inItem) => ({
          operation: 'sign-uploads',
          files: [{ ...inItem, ...fileOf() }],
        })),
    },
    {
      tries: 'completes another object than that of the token',
      ends: 'ignored',
      attempt: async (target) => {
        const { token } = await target.upload()
        return smuggle(target, (inItem) => ({
          operation: 'complete-uploads',
          uploads: [{ ...inItem, token }],
        }))
      },
    },
    {
      tries: 'deletes another object by aborting an upload',
      ends: 'ignored',
      attempt: async (target) => {
        const { token } = await target.sign()
        return smuggle(target, (inItem) => ({
          operation: 'abort-uploads',
          ...inItem,
          tokens: [token],
        }))
      },
    },
    {
      tries: 'has the parts of another upload signed',
      ends: 'ignored',
      attempt: async (target) => {
        const { token } = await target.sign(inParts)
        return smuggle(target, (inItem) => ({
          operation: 'sign-parts',
          token,
          parts: [{ ...inItem, partNumber: 1 }],
        }))
      },
    },
    {
      tries: 'has the parts of another upload listed',
      ends: 'ignored',
      attempt: async (target) => {
        const { token } = await target.sign(inParts)
        return smuggle(target, (inItem) => ({ operation: 'list-parts', ...inItem, token }))
      },
    },
    {
      tries: 'has another object signed than the one of the receipt',
      ends: 'ignored',
      attempt: async (target) => {
        const receipt = await target.receiptOf((await target.upload()).token)
        return smuggle(target, ({ key: _, ...inItem }: { key?: unknown }) => ({
          operation: 'sign-downloads',
          files: [{ ...inItem, receipt }],
        }))
      },
    },
    {
      tries: 'downloads by a receipt of their own and a key of another',
      ends: 'invalid-request',
      attempt: async (target) => {
        const { key } = await target.upload(ofAda, { user: 'ada' })
        const receipt = await target.receiptOf((await target.upload()).token)
        return target.endingsOf('sign-downloads', {
          files: [
            { receipt, key },
            { key, receipt },
          ],
        })
      },
    },
    {
      tries: 'guesses the key of an upload from an equal one of another owner',
      ends: 'ignored',
      attempt: async (target) => {
        const file = { ...fileOf(inParts) }
        const [mine, theirs] = [await target.sign(file), await target.sign(file, { user: 'ada' })]
        const otherHandler = await target.sign(file, { path: '/other-handler' })
        const distinct = new Set([mine.key, theirs.key, otherHandler.key]).size
        return ignoredIf(distinct === 3, 'owners share a key')
      },
    },
  ],
}
