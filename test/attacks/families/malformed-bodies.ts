import type { AttackFamily } from '../attack.js'
import { codeIn, fileOf, operationNames, refusalIn } from '../attack-client.js'
import { inParts, mebibyte } from '../attack-target.js'
import { sendBodies } from '../send-bodies.js'

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
  ],
}
