import { type AttackFamily, ignoredIf } from '../attack.js'
import { fileOf } from '../attack-client.js'
import type { AttackTarget } from '../attack-target.js'
import { getDownload } from '../s3-sending.js'

const traversals = [
  ...['..', '.', '/', '\\', '../', '..\\', '../../etc/passwd', '..\\..\\boot.ini', '/etc/passwd'],
  ...[
    'C:\\Windows\\a',
    '\\\\host\\share\\a',
    'a/../../b',
    './a',
    'a/./b',
    'a//b',
    '//a',
    'a/',
    'a/..',
  ],
  ...['..%2f..%2fa', '%2e%2e/a', '..%252fa', '%00', 'a%00.jpg', '..;/a', '....//a', '. ./a', '~/a'],
  ...[
    '\u2025/a',
    '\uFF0E\uFF0E/a',
    '..\u2215a',
    '\u2024\u2024/a',
    '..\uFF0Fa',
    '.\u200B./a',
    '..\u2028/a',
  ],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder of S3.
  ...['${filename}', '$$', '{{a}}', '$(id)', '`id`', '; rm -rf', '| id', "' OR 1=1 --", '<script>'],
]
const headerBreaks = [
  ...['a\r\nx-evil: 1', 'a\nx-evil: 1', 'a\rx-evil: 1', 'a\0b', 'a\u0085b', 'a\u2028x-evil: 1'],
  ...[
    'a"; filename="evil.exe',
    "a'; x-evil=1",
    'a%0d%0ax-evil:%201',
    'a\u560d\u560ax-evil: 1',
    'a\tb',
  ],
  ...[
    'x\u202Egpj.exe',
    '\u200Ba',
    '\uFEFFa',
    '\uD800',
    'a\uDC00b',
    'Ünï cödé é.txt',
    '日本語.txt',
    '👩‍👩‍👧.png',
  ],
]
const prototypeNames = [
  ...['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', 'null'],
  ...['undefined', 'true', '0', 'NaN', 'CON', 'aux.txt', '.htaccess', '.env', 'index.html', 'a.'],
]
const longNames = [
  'a'.repeat(1024),
  `${'é'.repeat(900)}.txt`,
  `a.${'b'.repeat(1000)}`,
  '.'.repeat(1024),
  '/'.repeat(1024),
  `${'../'.repeat(341)}a`,
]
const plainKey = /^files\/[0-9a-f]{32}\/[A-Za-z0-9_-][A-Za-z0-9._-]{0,150}$/

/** Stores a file of each name and looks at the key under which it stands. */
async function storeAll(target: AttackTarget, names: readonly string[]) {
  const endings: string[] = []
  for (const name of names) {
    const { key } = await target.upload({ name, size: 3 })
    const isPlain = plainKey.test(key) && !key.includes('..') && Buffer.byteLength(key) < 1024
    endings.push(ignoredIf(isPlain, `the key is ${key}`))
    const stored = await target.bucket.head(key)
    endings.push(ignoredIf(stored.size === 3, 'the object stands elsewhere'))
  }
  return endings
}

/** Names, types and texts that are to become something else on the way. */
export const fileNames: AttackFamily = {
  name: 'file names',
  attacks: [
    {
      tries: 'passes a page or a script by an extension that the rules accept',
      ends: 'file-type-not-accepted',
      attempt: (target) => {
        const types = [
          ...['text/html', 'TEXT/HTML', 'text/html; charset=utf-8', ' text/html ', 'text/html.'],
          ...[
            'image/svg+xml',
            'Image/SVG+XML',
            'image/svg+xml.',
            'application/xhtml+xml',
            'text/xml',
          ],
          ...['application/xml', 'application/jpg+xml', 'text/xsl', 'application/xml-dtd'],
          ...['text/javascript', 'application/x-javascript', 'text/ecmascript', 'message/rfc822'],
          ...['multipart/related', 'multipart/x-mixed-replace', 'application/x-shockwave-flash'],
        ]
        const names = ['photo.jpg', 'PHOTO.JPG', 'a.html.jpg', 'a.svg .csv', 'a.xml..pdf', '.jpg']
        const sends = types.map((type) => {
          const files = names.map((name) => fileOf({ name, type }))
          return target.endingsOf('sign-uploads', { files }, { path: '/extensions' })
        })
        return Promise.all(sends).then((endings) => endings.flat())
      },
    },
    {
      tries: 'leaves the prefix by the name of a file',
      ends: 'ignored',
      attempt: (target) => storeAll(target, traversals),
    },
    {
      tries: 'breaks a header or hides an extension by the name of a file',
      ends: 'ignored',
      attempt: (target) => storeAll(target, headerBreaks),
    },
    {
      tries: 'means something to JavaScript or to a file system by the name of a file',
      ends: 'ignored',
      attempt: (target) => storeAll(target, prototypeNames),
    },
    {
      tries: 'makes a key longer than S3 allows by the name of a file',
      ends: 'ignored',
      attempt: (target) => storeAll(target, longNames),
    },
    {
      tries: 'sends names, paths and metadata longer than the token may carry',
      ends: 'invalid-request',
      attempt: (target) => {
        const file = { id: crypto.randomUUID(), name: 'a.txt', type: '', size: 1 }
        const changes = [
          { name: 'a'.repeat(2000) },
          { name: 'é'.repeat(1000) + 'a'.repeat(100) },
          { name: '日'.repeat(700) },
          { name: '' },
          { relativePath: 'a'.repeat(4097) },
          { relativePath: 'a/'.repeat(1500) },
          { metadata: { a: 'b'.repeat(2049) } },
          { metadata: { ['a'.repeat(129)]: 'b' } },
          { metadata: Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`n${n}`, 'b'])) },
          { type: 'a'.repeat(256) },
        ]
        const files = changes.map((change) => ({ ...file, ...change }))
        return target.endingsOf('sign-uploads', { files })
      },
    },
    {
      tries: 'breaks the header of a file that is to be saved by its name',
      ends: 'ignored',
      attempt: async (target) => {
        const endings: string[] = []
        for (const name of [...headerBreaks, ...traversals]) {
          const file = { name, type: 'text/html', size: 3 }
          const { key } = await target.upload(file, { path: '/put' })
          endings.push(isSaved((await target.bucket.head(key)).disposition))
        }
        return endings
      },
    },
    {
      tries: 'breaks the header of a download by the name to save it under',
      ends: 'ignored',
      attempt: async (target) => {
        const receipt = await target.receiptOf((await target.upload({ size: 3 })).token)
        const endings: string[] = []
        for (const name of [...headerBreaks, ...traversals, ...prototypeNames]) {
          const { headers } = await getDownload(target, { receipt, name })
          endings.push(isSaved(headers.get('content-disposition')))
          endings.push(ignoredIf(!headers.has('x-evil'), 'the answer has another header'))
        }
        return endings
      },
    },
    {
      tries: 'breaks a header, or has HTML shown, by the type of a file',
      ends: 'ignored',
      attempt: async (target) => {
        const types = [
          ...[
            'text/html\r\nx-evil: 1',
            'text/html\0',
            'image/png,text/html',
            'image/png text/html',
          ],
          ...['*/*', 'text/*', 'unknown/unknown', 'application/unknown', 'text', '/', 'a/b/c'],
          ...['image/png; a="\r\nx-evil: 1"', 'image/png;', 'image/png\n', 'té/xt'],
          ...['__proto__', 'constructor', 'text/html;;', '<script>', 'image/png;a=b,text/html'],
        ]
        const endings: string[] = []
        for (const type of types) {
          const { key } = await target.upload({ type, size: 3 })
          const { contentType } = await target.bucket.head(key)
          const isKnown = ['application/octet-stream', 'image/png'].includes(contentType ?? '')
          endings.push(ignoredIf(isKnown, `the type is ${contentType}`))
        }
        return endings
      },
    },
    {
      tries: 'has a type that runs script opened and not saved',
      ends: 'ignored',
      attempt: async (target) => {
        const types = [
          ...['text/html', 'TEXT/HTML', 'text/html; charset=utf-8', 'image/svg+xml', 'text/xml'],
          ...['application/xhtml+xml', 'text/javascript', 'application/javascript', 'text/xsl'],
          ...['multipart/mixed', 'message/rfc822', 'application/rdf+xml', 'application/mathml+xml'],
        ]
        const endings: string[] = []
        for (const type of types) {
          const { key } = await target.upload({ type, size: 3 }, { path: '/put' })
          endings.push(isSaved((await target.bucket.head(key)).disposition))
        }
        return endings
      },
    },
  ],
}

const savingHeader =
  /^attachment; filename="[A-Za-z0-9._-]+"; filename\*=UTF-8''[A-Za-z0-9!#$&+.^_`|~%-]+$/

function isSaved(disposition: string | null | undefined): string {
  const name = /''(.*)$/.exec(disposition ?? '')?.[1] ?? ''
  const isPlain = !/%(?:0[0-9A-F]|1[0-9A-F]|7F|2F|5C)|%E2%80%AE/i.test(name)
  return ignoredIf(
    savingHeader.test(disposition ?? '') && isPlain,
    `it is served as ${disposition}`,
  )
}
