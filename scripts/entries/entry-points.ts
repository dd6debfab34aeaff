/** What a user imports: the one list that package.json, tsconfig.json and the build are written from. */
export interface EntryPoint {
  /** Its name in the package. */
  readonly subpath: string
  /** Its file in `src`. */
  readonly source: string
}

/** The languages of the packs of texts. */
export const languages = ['ar', 'de', 'en', 'es', 'fr', 'ja'] as const

export const entryPoints: readonly EntryPoint[] = [
  { subpath: '.', source: 'index.ts' },
  { subpath: './uppy', source: 'uppy/index.ts' },
  { subpath: './server', source: 'server/index.ts' },
  { subpath: './server/node', source: 'server/node/index.ts' },
  { subpath: './testing', source: 'testing/index.ts' },
  { subpath: './testing/node', source: 'testing/node/index.ts' },
  { subpath: './testing/msw', source: 'testing/msw.ts' },
  ...languages.map((code) => ({
    subpath: `./locales/${code}`,
    source: `react/locales/${code}.ts`,
  })),
]

/** Style sheets in `src/react`, which the package publishes beside its modules. */
export const styleSheets: readonly string[] = ['styles.css', 'styles.unlayered.css']

/** The file in `src` that the command runs. */
export const commandSource = 'cli/bin.ts'

/** The file in `src` that lists the parts, which the main entry publishes as one name. */
export const partsSource = 'react/parts.ts'

/** The file in `src` that a browser loads as a worker. */
export const workerSource = 'upload/checksum/checksum-worker.ts'
