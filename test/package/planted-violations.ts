export interface Violation {
  readonly what: string
  /** Path in a copy of the repository → source. */
  readonly files: Readonly<Record<string, string>>
  readonly rule: string
}

/** Sources that break a rule of the linter, and the rule that has to say so. */
export const violations: readonly Violation[] = [
  {
    what: 'an import of a forbidden layer',
    files: { 'src/upload/planted.ts': "export { sign } from '../sigv4/sign.js'\n" },
    rule: 'lint/style/noRestrictedImports',
  },
  {
    what: 'a dynamic import of a forbidden layer',
    files: { 'src/react/planted.ts': "export const sign = () => import('../server/sign.js')\n" },
    rule: 'lint/style/noRestrictedImports',
  },
  {
    what: 'React below the react layer',
    files: { 'src/upload/hook.ts': "export { useState } from 'react'\n" },
    rule: 'lint/style/noRestrictedImports',
  },
  {
    what: 'Uppy’s components, which only apps install',
    files: { 'src/react/uppy.ts': "export { UppyContextProvider } from '@uppy/react'\n" },
    rule: 'lint/style/noRestrictedImports',
  },
  {
    what: 'something else than parts and hooks where parts are arranged',
    files: { 'src/react/S3Uploader.tsx': "export { mergeProps } from './base/merge-props.js'\n" },
    rule: 'lint/style/noRestrictedImports',
  },
  {
    what: 'the same in a picker',
    files: { 'src/react/S3FilePicker.tsx': "export { mergeProps } from './base/merge-props.js'\n" },
    rule: 'lint/style/noRestrictedImports',
  },
  {
    what: 'a global of browsers in a layer for anywhere',
    files: { 'src/protocol/planted.ts': 'export const width = () => window.innerWidth\n' },
    rule: 'lint/style/noRestrictedGlobals',
  },
  {
    what: 'a global of Node in a layer for browsers',
    files: { 'src/uppy/planted.ts': 'export const mode = () => process.env.MODE\n' },
    rule: 'lint/style/noRestrictedGlobals',
  },
  {
    what: 'a timer where time comes from Runtime',
    files: { 'src/testing/timer.ts': 'export const wait = () => setTimeout(() => {}, 10)\n' },
    rule: 'lint/style/noRestrictedGlobals',
  },
  {
    what: 'chance where it comes from Runtime',
    files: { 'src/testing/dice.ts': 'export const dice = () => Math.random()\n' },
    rule: 'plugin',
  },
  {
    what: 'a module of Node outside the node folders',
    files: { 'src/server/planted.ts': "export { readFile } from 'node:fs/promises'\n" },
    rule: 'lint/correctness/noNodejsModules',
  },
  {
    what: 'a global of Node in a command',
    files: { 'src/cli/planted.ts': 'export const home = () => process.env.HOME\n' },
    rule: 'lint/style/noRestrictedGlobals',
  },
  {
    what: 'a command that reaches into the browser side',
    files: { 'src/cli/reaching.ts': "export { sign } from '../upload/sign.js'\n" },
    rule: 'lint/style/noRestrictedImports',
  },
  {
    what: 'an import cycle',
    files: {
      'src/s3/first.ts':
        "import { second } from './second.js'\n\nexport const first = () => second\n",
      'src/s3/second.ts':
        "import { first } from './first.js'\n\nexport const second = () => first\n",
    },
    rule: 'lint/suspicious/noImportCycles',
  },
  {
    what: 'a promise nobody waits for',
    files: {
      'src/upload/wait.ts': 'export async function wait() {\n  await Promise.resolve()\n}\n',
      'src/upload/start.ts':
        "import { wait } from './wait.js'\n\nexport function start() {\n  wait()\n}\n",
    },
    rule: 'lint/nursery/noFloatingPromises',
  },
  {
    what: 'a promise taken for a condition',
    files: {
      'src/upload/ask.ts':
        "import { wait } from './wait.js'\n\nexport const ask = () => (wait() ? 'yes' : 'no')\n",
    },
    rule: 'lint/nursery/noMisusedPromises',
  },
  {
    what: 'a story that reaches into the source',
    files: { 'stories/planted.ts': "export { sign } from '../src/sigv4/sign.js'\n" },
    rule: 'lint/style/noRestrictedImports',
  },
]
