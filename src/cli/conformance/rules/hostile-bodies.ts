import type { FileDescription } from '../../../protocol/operations.js'

/** Bodies that a browser of this package never sends, each with what is wrong with it. */
export function* hostileBodies(file: FileDescription): Generator<readonly [string, string]> {
  const values = [
    null,
    0,
    -1,
    1e308,
    true,
    '',
    '\u0000',
    '\ud800',
    [],
    {},
    [[]],
    'x'.repeat(20_000),
  ]
  for (const value of values) {
    const shown = JSON.stringify(value).slice(0, 12)
    yield [`${shown} in place of everything`, JSON.stringify(value)]
    yield [`${shown} as operation`, JSON.stringify({ operation: value, files: [file] })]
    for (const [field, operation] of [
      ['files', 'sign-uploads'],
      ['uploads', 'complete-uploads'],
      ['tokens', 'abort-uploads'],
    ] as const) {
      yield [`${shown} as ${field}`, JSON.stringify({ operation, [field]: value })]
      yield [`${shown} in ${field}`, JSON.stringify({ operation, [field]: [value] })]
    }
    yield [
      `${shown} as token`,
      JSON.stringify({ operation: 'complete-uploads', uploads: [{ token: value }] }),
    ]
    for (const field of ['id', 'name', 'type', 'size', 'relativePath', 'metadata', 'checksum']) {
      const files = [{ ...file, [field]: value }]
      yield [`${shown} as ${field}`, JSON.stringify({ operation: 'sign-uploads', files })]
    }
  }
  yield ['deep nesting', `${'['.repeat(5000)}${']'.repeat(5000)}`]
  yield [
    '__proto__',
    `{"operation":"sign-uploads","__proto__":{"files":[]},"files":[{"__proto__":null}]}`,
  ]
  yield [
    'a number without end',
    `{"operation":"sign-uploads","files":[{"size":${'9'.repeat(400)}}]}`,
  ]
}
