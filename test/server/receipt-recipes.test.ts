import { readFile } from 'node:fs/promises'
import type { Receipt } from 's3-direct-upload/server'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { repositoryPath } from '../support/repository-path.js'
import { credentials, secret } from './handler-setup.js'
import { type Attachments, attachReceipts } from './recipes/attach-receipts.js'
import { handleFormPost } from './recipes/form-post.js'
import { saveAttachments } from './recipes/server-action.js'
import { bytesFrom, createUploadPair } from './upload-pair.js'

const bytes = bytesFrom('The bytes of a photo.').slice(0, 100)

/** A table with a unique key, which looks and adds in one step as a database does. */
function createTable() {
  const rows = new Map<string, Receipt>()
  const attachments: Attachments = {
    async insert(file) {
      if (rows.has(file.key)) return false
      rows.set(file.key, file)
      return true
    },
  }
  return { rows, attachments }
}

async function setUp(options: Parameters<typeof createUploadPair>[0] = {}) {
  const pair = createUploadPair(options)
  const receipts = [await uploaded(pair), await uploaded(pair)]
  return { pair, receipts, ...createTable() }
}

async function uploaded(pair: ReturnType<typeof createUploadPair>): Promise<string> {
  return pair.receiptOf((await pair.upload(bytes)).token)
}

/** What the hidden inputs of the component make of a form. */
function formOf(receipts: readonly string[]): FormData {
  const form = new FormData()
  for (const receipt of receipts) form.append('attachments', receipt)
  return form
}

const encodings = {
  'multipart/form-data': formOf,
  'application/x-www-form-urlencoded': (receipts: readonly string[]) =>
    new URLSearchParams(receipts.map((receipt) => ['attachments', receipt])),
}

function postOf(body: BodyInit): Request {
  return new Request('https://app.example.com/attachments', { method: 'POST', body })
}

afterEach(() => {
  vi.unstubAllGlobals()
  vi.unstubAllEnvs()
})

describe.each(Object.entries(encodings))('a form posted as %s', (encoding, encode) => {
  it('attaches what its receipts prove', async () => {
    const { receipts, rows, attachments } = await setUp()
    const request = postOf(encode(receipts))
    const response = await handleFormPost(request, { userId: 'ada', secret, attachments })

    expect(request.headers.get('content-type')).toContain(encoding)
    expect(response.status).toBe(303)
    expect([...rows.values()]).toMatchObject([
      { owner: 'ada', name: 'photo.jpg', size: bytes.length },
      { owner: 'ada', name: 'photo.jpg', size: bytes.length },
    ])
  })

  it('attaches each file once, however often it is sent', async () => {
    const { receipts, rows, attachments } = await setUp()
    const send = () =>
      handleFormPost(postOf(encode(receipts)), { userId: 'ada', secret, attachments })
    await send()
    const again = await send()

    expect(again.status).toBe(422)
    expect(await again.json()).toEqual({
      results: receipts.map(() => ({ state: 'refused', reason: 'used-before' })),
    })
    expect(rows.size).toBe(2)
  })
})

describe('a form with receipts', () => {
  it('attaches nothing of somebody else', async () => {
    const { receipts, rows, attachments } = await setUp()
    const results = await attachReceipts(formOf(receipts), { userId: 'bob', secret, attachments })

    expect(results).toEqual(receipts.map(() => ({ state: 'refused', reason: 'wrong-owner' })))
    expect(rows.size).toBe(0)
  })

  it('attaches nothing that is too old', async () => {
    const longAgo = new Date(Date.now() - 86_401_000)
    const { receipts, rows, attachments } = await setUp({
      now: () => longAgo,
      s3Options: { now: () => longAgo },
    })
    const results = await attachReceipts(formOf(receipts), { userId: 'ada', secret, attachments })

    expect(results).toEqual(receipts.map(() => ({ state: 'refused', reason: 'expired' })))
    expect(rows.size).toBe(0)
  })

  it('attaches what is good beside what is not', async () => {
    const { receipts, rows, attachments } = await setUp()
    const form = formOf(['v1.forged.receipt', ...receipts.slice(0, 1)])
    const results = await attachReceipts(form, { userId: 'ada', secret, attachments })

    expect(results).toMatchObject([
      { state: 'refused', reason: 'malformed' },
      { state: 'attached', name: 'photo.jpg' },
    ])
    expect(rows.size).toBe(1)
  })

  it('attaches nothing whose object is gone or another, if it looks', async () => {
    const { pair, attachments } = await setUp({ unclaimed: 'tag', claim: 'by-app' })
    const [deleted, replaced] = [await pair.upload(bytes), await pair.upload(bytes)]
    const receipts = [
      await pair.receiptOf(deleted.token),
      await pair.receiptOf(replaced.token),
      await uploaded(pair),
    ]
    await pair.client.deleteObject({ key: deleted.key })
    await pair.send(replaced, bytesFrom('Other bytes.').slice(0, 100))
    const options = { userId: 'ada', secret, attachments }
    const results = await attachReceipts(formOf(receipts), { ...options, s3: pair.options })

    expect(results).toMatchObject([
      { state: 'refused', reason: 'object-missing' },
      { state: 'refused', reason: 'object-changed' },
      { state: 'attached' },
    ])
  })
})

describe('a server action', () => {
  it('attaches the files of its form, each once', async () => {
    const { pair, receipts, rows, attachments } = await setUp()
    stubApp(pair, attachments)
    const first = await saveAttachments([], formOf(receipts))
    const second = await saveAttachments(first, formOf(receipts))

    expect(first.map(({ state }) => state)).toEqual(['attached', 'attached'])
    expect(second).toMatchObject([{ reason: 'used-before' }, { reason: 'used-before' }])
    expect(rows.size).toBe(2)
    expect(pair.asked().slice(-4)).toEqual(Array(4).fill('HeadObject'))
  })
})

describe('docs/receipts.md', () => {
  it.each(['attach-receipts', 'form-post', 'server-action'])(
    'shows %s.ts as it is',
    async (name) => {
      const recipe = await readFile(repositoryPath(`test/server/recipes/${name}.ts`), 'utf8')
      const document = await readFile(repositoryPath('docs/receipts.md'), 'utf8')

      expect(document).toContain(recipe)
    },
  )
})

/** The session, the database, the environment and the network that an app has. */
function stubApp(pair: ReturnType<typeof createUploadPair>, attachments: Attachments): void {
  vi.stubGlobal('currentUserId', async () => 'ada')
  vi.stubGlobal('attachments', attachments)
  vi.stubGlobal('fetch', (request: Request) => pair.s3.fetch(request))
  const environment = {
    S3_BUCKET: 'uploads',
    AWS_REGION: 'eu-west-1',
    AWS_ENDPOINT_URL_S3: 'https://s3.test',
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: '',
    S3_FORCE_PATH_STYLE: '',
    S3_UPLOAD_SECRET: secret,
  }
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value)
}
