import { type AttackFamily, ignoredIf } from '../attack.js'
import { claimsOf, codeIn, fileOf } from '../attack-client.js'
import { sendBodies } from '../send-bodies.js'

const prototypeNames = [
  ...['__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty'],
  ...['__defineGetter__', '__lookupGetter__', 'isPrototypeOf'],
]

/** Names that are to mean something else to JavaScript, or to be read twice. */
export const confusingNames: AttackFamily = {
  name: 'confusing names',
  attacks: [
    {
      tries: 'names an operation that every object has',
      ends: 'unsupported-operation',
      attempt: (target) =>
        sendBodies(
          target,
          [...prototypeNames, '', 'sign', 'SIGN-UPLOADS', 'sign-uploads\0', 'delete-uploads'].map(
            (operation) => JSON.stringify({ operation, files: [fileOf()] }),
          ),
        ),
    },
    {
      tries: 'names files by ids that are none',
      ends: 'invalid-request',
      attempt: (target) => {
        const ids = [
          ...prototypeNames,
          '',
          '../a',
          'a\r\nb',
          `${crypto.randomUUID()}x`,
          '0'.repeat(36),
        ]
        return target.endingsOf('sign-uploads', { files: ids.map((id) => ({ ...fileOf(), id })) })
      },
    },
    {
      tries: 'changes the prototype of objects by metadata or by other fields',
      ends: 'ignored',
      attempt: async (target) => {
        const endings: string[] = []
        for (const name of prototypeNames) {
          const file = JSON.stringify({ ...fileOf(), metadata: 0 }).replace(
            '"metadata":0',
            `"metadata":{"${name}":"evil","a":"b"},"${name}":{"evil":"1","isEvil":true}`,
          )
          const body = `{"${name}":{"evil":"1"},"operation":"sign-uploads","files":[${file}]}`
          const { status } = await target.send(body)
          endings.push(ignoredIf(status === 200, 'the request was refused as a whole'))
          endings.push(ignoredIf(!('evil' in {}) && !('isEvil' in []), 'every object changed'))
        }
        return endings
      },
    },
    {
      tries: 'hands the app a list where it expects metadata by name',
      ends: 'ignored',
      attempt: async (target) => {
        const files = [[], ['a'], { length: '3' }].map((metadata) => ({ ...fileOf(), metadata }))
        const answer = await target.send({ operation: 'sign-uploads', files })
        const signed: readonly { readonly token: string }[] = JSON.parse(answer.body).files
        return signed.map(({ token }) =>
          ignoredIf(isRecord(claimsOf(token).metadata), 'the metadata are a list'),
        )
      },
    },
    {
      tries: 'has one of two equal JSON names checked and the other used',
      ends: 'ignored',
      attempt: async (target) => {
        const { token } = await target.upload()
        const theirs = await target.upload({}, { user: 'ada' })
        const twice = JSON.stringify(fileOf({ size: 20 })).replace(
          '"size":20',
          '"size":10,"size":20',
        )
        const signed = await target.send(`{"operation":"sign-uploads","files":[${twice}]}`)
        const { fields } = JSON.parse(signed.body).files[0]
        const policy = Buffer.from(fields.policy, 'base64').toString()
        const completed = await target.send(
          `{"operation":"complete-uploads","uploads":[{"token":"${theirs.token}","token":"${token}"}]}`,
        )
        const named = `{"operation":"list-parts","operation":"abort-uploads","tokens":["${theirs.token}"]}`
        return [
          ignoredIf(policy.includes('["content-length-range",20,20]'), 'another size was signed'),
          ignoredIf(!completed.body.includes(theirs.key), 'another upload was completed'),
          ignoredIf(codeIn((await target.send(named)).body) === 'invalid-token', 'it was aborted'),
        ]
      },
    },
  ],
}

function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
