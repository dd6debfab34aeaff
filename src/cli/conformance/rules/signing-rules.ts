import { maxTokenLength } from '../../../protocol/fields.js'
import type { SignedUpload } from '../../../protocol/operations.js'
import { objectKeyProblem } from '../../../s3/object-key.js'
import { type ConformanceRule, fail } from '../client/conformance-rule.js'
import { requireAccepted } from '../client/expectations.js'
import {
  completeOne,
  isStored,
  newBytes,
  newFile,
  requestSignUploads,
  requestSingle,
  transfer,
} from '../client/uploads.js'

/** What `sign-uploads` answers. */
export const signingRules: readonly ConformanceRule[] = [
  {
    id: 'sign-answer',
    level: 'core',
    title: 'signs a file in the form of the protocol',
    section: 'sign-uploads',
    says: 'The entry has the id of its file, a method, a URL, a key, a token of at most 16,384 characters, and a life.',
    async run(subject) {
      const file = newFile(subject)
      const signed = await requestSingle(subject, file)
      if (signed.id !== file.id) fail('The entry has another id than its file.')
      if (signed.token === '' || signed.token.length > maxTokenLength) {
        fail(`The token has ${signed.token.length} characters.`)
      }
      return `It signs a ${signed.method} for ${signed.expiresInSeconds} s.`
    },
  },
  {
    id: 'server-keys',
    level: 'core',
    title: 'makes the key itself',
    section: 'sign-uploads',
    says: 'The server chooses the key: nothing the client sends may become part of it unchecked.',
    async run(subject) {
      const wishes = { key: 'mine', prefix: 'mine/', bucket: 'mine', uploadId: 'mine' }
      const extension = /\.\w+$/.exec(subject.fileName)?.[0] ?? ''
      for (const stem of [
        '../../up',
        '..\\..\\up',
        'a/b/c',
        '/rooted',
        '%2e%2e%2fup',
        '\u0000\u202e',
      ]) {
        const name = `${stem}${extension}`
        const [entry] = await requestSignUploads(subject, [
          { ...newFile(subject, { name }), relativePath: `../${name}`, ...wishes },
        ])
        const { key } = requireAccepted<SignedUpload>(entry, 'A file with an unusual name')
        const problem = objectKeyProblem(key)
        if (problem !== undefined) fail(`For an unusual file name, the key ${problem}.`)
        if (key === 'mine' || key.startsWith('mine/')) fail('The key is what the client asked for.')
        if (key.includes('%2e%2e%2f') || key.includes('..\\'))
          fail('The key has steps upwards in it.')
      }
      return undefined
    },
  },
  {
    id: 'fresh-keys',
    level: 'core',
    title: 'gives every file a key of its own',
    section: 'sign-uploads',
    says: 'The server chooses the key.',
    async run(subject) {
      const entries = await requestSignUploads(subject, [
        newFile(subject),
        newFile(subject),
        newFile(subject),
      ])
      const keys = entries.map((entry) => requireAccepted<SignedUpload>(entry, 'A file').key)
      if (new Set(keys).size < keys.length) fail('Files of the same name have the same key.')
      return undefined
    },
  },
  {
    id: 'lost-answer',
    level: 'core',
    title: 'signs a file again whose answer was lost',
    section: 'sign-uploads',
    says: 'A client keeps the id over every retry and counts up attempt.',
    async run(subject) {
      const bytes = newBytes(500)
      const file = newFile(subject, { size: bytes.length })
      await requestSingle(subject, file)
      const signed = await requestSingle(subject, file, { attempt: 2 })
      const status = await transfer(subject, signed, bytes)
      if (!isStored(status)) fail(`The bucket answered ${status} to the file signed again.`)
      await completeOne(subject, signed.token)
      return undefined
    },
  },
]
