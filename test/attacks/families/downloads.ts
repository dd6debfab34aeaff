import { type AttackFamily, ignoredIf } from '../attack.js'
import { transfer } from '../attack-client.js'
import type { AttackTarget } from '../attack-target.js'
import { getDownload, signForm } from '../s3-sending.js'

/** Asks where the app itself allows every download. */
function signEach(target: AttackTarget, keys: readonly string[]): Promise<readonly string[]> {
  const files = keys.map((key) => ({ key }))
  return target.endingsOf('sign-downloads', { files }, { path: '/open-downloads' })
}

/** Reading what one may not read. */
export const downloads: AttackFamily = {
  name: 'downloads',
  attacks: [
    {
      tries: 'downloads by a key outside the prefix',
      ends: 'forbidden',
      attempt: (target) => {
        const keys = [
          'secret.txt',
          'file/a',
          'files',
          'filesa',
          'FILES/a',
          '%66iles/a',
          'files\\a',
          ' files/a',
        ]
        return signEach(target, keys)
      },
    },
    {
      tries: 'downloads by a key with empty segments or dots',
      ends: 'invalid-request',
      attempt: (target) => {
        const keys = [
          ...['files/../secret.txt', 'files/..', 'files/.', 'files/./a', 'files//a', '/files/a'],
          ...['files/a/../../b', '../files/a', '..', '.', '/', '//', 'files/a//', './files/a'],
          ...[
            'files/a\r\nb',
            'files/a\0',
            'files/\uD800',
            '',
            'a'.repeat(1025),
            `files/${'é'.repeat(600)}`,
          ],
        ]
        return signEach(target, keys)
      },
    },
    {
      tries: 'downloads the object of another by its key',
      ends: 'forbidden',
      attempt: async (target) => {
        const { key } = await target.upload({}, { user: 'ada' })
        const keys = [key, `${key}x`, key.replace('files/', 'files/%2e%2e/files/')]
        return target.endingsOf('sign-downloads', { files: keys.map((name) => ({ key: name })) })
      },
    },
    {
      tries: 'downloads where the app has not allowed downloads at all',
      ends: 'forbidden',
      attempt: async (target) => {
        const { token, key } = await target.upload()
        const files = [{ key }, { receipt: await target.receiptOf(token) }]
        return target.endingsOf('sign-downloads', { files }, { path: '/no-downloads' })
      },
    },
    {
      tries: 'learns whether a key is there, outside the prefix or of another',
      ends: 'ignored',
      attempt: async (target) => {
        const { key } = await target.upload({}, { user: 'ada' })
        const keys = [key, 'files/of-nobody.txt', 'elsewhere.txt']
        const files = keys.map((name) => ({ key: name }))
        const answer = await target.send({ operation: 'sign-downloads', files })
        const answers: readonly object[] = JSON.parse(answer.body).files
        const distinct = new Set(answers.map((item) => JSON.stringify(item))).size
        return ignoredIf(distinct === 1, 'the answers differ')
      },
    },
    {
      tries: 'has an object of a type that runs script shown',
      ends: 'ignored',
      attempt: async (target) => {
        const endings: string[] = []
        for (const type of ['text/html', 'image/svg+xml', 'application/xhtml+xml', 'text/xml']) {
          const { token } = await target.upload({ type, size: 3 }, { path: '/put' })
          const receipt = await target.receiptOf(token)
          const { headers } = await getDownload(target, { receipt, disposition: 'inline' })
          const disposition = headers.get('content-disposition') ?? ''
          endings.push(ignoredIf(disposition.startsWith('attachment'), `${type} is shown`))
        }
        return endings
      },
    },
    {
      tries: 'downloads what was posted into the place of the object that a receipt is about',
      ends: 'object-not-found',
      attempt: async (target) => {
        const signed = await signForm(target, { size: 3 })
        await transfer(signed, new Uint8Array(3))
        const receipt = await target.receiptOf(signed.token)
        await transfer(signed, new Uint8Array(3).fill(1))
        return target.endingsOf('sign-downloads', { files: [{ receipt }] })
      },
    },
    {
      tries: 'asks for another disposition, or for names that are none',
      ends: 'invalid-request',
      attempt: async (target) => {
        const receipt = await target.receiptOf((await target.upload()).token)
        const dispositions = [
          'INLINE',
          'inline; x',
          'inline\r\nx-evil: 1',
          '',
          null,
          1,
          ['inline'],
          {},
        ]
        const names = ['', null, 1, ['a'], {}, 'a'.repeat(1025)]
        const files = [
          ...dispositions.map((disposition) => ({ receipt, disposition })),
          ...names.map((name) => ({ receipt, name })),
          {},
          { key: null },
          { key: ['files/a'] },
          { receipt: [receipt] },
          { receipt: { toString: receipt } },
        ]
        return target.endingsOf('sign-downloads', { files })
      },
    },
  ],
}
