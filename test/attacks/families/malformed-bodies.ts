import { type AttackFamily, ignoredIf } from '../attack.js'
import { claimsOf, fileOf, operationNames, refusalIn } from '../attack-client.js'
import { type AttackTarget, inParts, mebibyte } from '../attack-target.js'

/** Values of every kind but text. */
const noTexts: readonly unknown[] = [
  null,
  1,
  true,
  [],
  {},
  ['a'],
  { toString: 'a' },
  { length: 3 },
  -0,
  1e308,
]
const prototypeNames = [
  ...['__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty'],
  ...['__defineGetter__', '__lookupGetter__', 'isPrototypeOf'],
]

/** How each body ends; the handler has to be at work after the last of them. */
async function sendBodies(
  target: AttackTarget,
  bodies: Iterable<string | Uint8Array>,
): Promise<readonly string[]> {
  const endings: string[] = []
  for (const body of bodies) endings.push(refusalIn(await target.send(body)))
  await target.sign()
  return endings
}

/** Bodies that are to crash, exhaust or confuse the server. */
export const malformedBodies: AttackFamily = {
  name: 'malformed bodies',
  attacks: [
    {
      tries: 'overflows the stack with a megabyte of nested JSON',
      ends: 'invalid-request',
      attempt: (target) => {
        const deep = (open: string, close: string, bytes: number) => {
          const depth = Math.floor(bytes / (open.length + close.length))
          return `${open.repeat(depth)}1${close.repeat(depth)}`
        }
        const envelope = (value: string) => `{"operation":"sign-uploads","files":${value}}`
        return sendBodies(target, [
          '['.repeat(900_000),
          '{"a":'.repeat(180_000),
          deep('[', ']', mebibyte - 1),
          deep('{"a":', '}', mebibyte - 100),
          envelope(deep('{"a":', '}', 900_000)),
          `{"operation":${deep('[', ']', 900_000)}}`,
        ])
      },
    },
    {
      tries: 'overflows the stack with a nested item',
      ends: 'invalid-request',
      attempt: async (target) => {
        const deep = `${'['.repeat(400_000)}${']'.repeat(400_000)}`
        const requests = [
          `{"operation":"sign-uploads","files":[${deep}]}`,
          `{"operation":"sign-uploads","files":[{"metadata":${deep}}]}`,
          `{"operation":"sign-uploads","files":[{"metadata":{"a":${deep}}}]}`,
          `{"operation":"abort-uploads","tokens":[${deep}]}`,
          `{"operation":"complete-uploads","uploads":[{"token":${deep}}]}`,
          `{"operation":"sign-downloads","files":[{"receipt":${deep}}]}`,
        ]
        const endings: string[] = []
        for (const request of requests) endings.push(codeIn((await target.send(request)).body))
        return endings
      },
    },
    {
      tries: 'sends more than a megabyte',
      ends: 'request-too-large',
      attempt: async (target) => {
        const text = `"${'a'.repeat(mebibyte)}"`
        const inPieces = await target.send(text, { headers: { 'transfer-encoding': 'chunked' } })
        const rest = [text, ' '.repeat(mebibyte + 1), new Uint8Array(3 * mebibyte)]
        return [refusalIn(inPieces), ...(await sendBodies(target, rest))]
      },
    },
    {
      tries: 'sends bodies that are no JSON, or not of text',
      ends: 'invalid-request',
      attempt: (target) =>
        sendBodies(target, [
          ...[
            '',
            ' ',
            '\0',
            '{',
            '"',
            '[]',
            'null',
            '1',
            '"a"',
            'undefined',
            "{'a':1}",
            '{a:1}',
            '{}x',
          ],
          ...['\uFEFF\uFEFF{}', '{"operation":"sign-uploads"}//', '{}', '[{}]', '<a/>', 'NaN', '-'],
          ...[
            [0xff, 0xfe],
            [0xc0, 0xaf],
            [0xed, 0xa0, 0x80],
            [0x7b, 0x80, 0x7d],
          ].map((bytes) => Uint8Array.from(bytes)),
        ]),
    },
    {
      tries: 'sends lists that are none, empty or too long',
      ends: 'invalid-request',
      attempt: async (target) => {
        const lists = [null, 1, 'a', {}, { length: 1, 0: fileOf() }, [], Array(101).fill(fileOf())]
        const fields = ['files', 'uploads', 'tokens', 'parts'] as const
        const endings: (readonly string[])[] = []
        for (const operation of operationNames.filter((name) => name !== 'list-parts')) {
          for (const list of lists) {
            const request = Object.fromEntries(fields.map((field) => [field, list]))
            endings.push(await target.endingsOf(operation, { token: 'v1.a.b', ...request }))
          }
        }
        return endings.flat()
      },
    },
    {
      tries: 'sends lists, objects and numbers for texts',
      ends: 'invalid-request',
      attempt: async (target) => {
        const { token } = await target.sign(inParts)
        const fields = ['id', 'name', 'type', 'checksum', 'relativePath', 'checksumAlgorithm']
        const files = fields.flatMap((field) =>
          noTexts.map((value) => ({ ...fileOf(), [field]: value })),
        )
        return [
          await target.endingsOf('sign-uploads', { files }),
          await target.endingsOf('sign-uploads', {
            files: noTexts.map((value) => ({ ...fileOf(), metadata: { a: value } })),
          }),
          await target.endingsOf('sign-uploads', {
            files: [null, 1, true, 'a'].map((value) => ({ ...fileOf(), metadata: value })),
          }),
          await target.endingsOf('sign-uploads', { files: noTexts }),
          await target.endingsOf('abort-uploads', { tokens: noTexts }),
          await target.endingsOf('complete-uploads', {
            uploads: noTexts.map((value) => ({ token: value })),
          }),
          await target.endingsOf('list-parts', { token: [token] }),
          await target.endingsOf('list-parts', { token: { token } }),
          await target.endingsOf('sign-uploads', { files: [fileOf()], attempt: [1] }),
          await target.endingsOf('sign-uploads', { files: [fileOf()], attempt: '1' }),
          await target.endingsOf('sign-uploads', { files: [fileOf()], attempt: 0 }),
        ].flat()
      },
    },
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

/** The code of a refused request, or of the first refused item. */
function codeIn(body: string): string {
  return /"code":"([a-z-]+)"/.exec(body)?.[1] ?? body.slice(0, 100)
}

function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
