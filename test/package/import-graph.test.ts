import { describe, expect, test } from 'vitest'
import {
  parseArchitecturePage,
  readArchitecturePage,
} from '../../scripts/layers/architecture-page.js'
import { parseSource } from '../../scripts/sources/parse-source.js'
import { readSources } from '../../scripts/sources/source-files.js'
import {
  fileCycles,
  folderCycles,
  misplacedFolders,
  pastTheDoor,
  tooLarge,
  upwardImports,
} from './import-graph.js'

const page = await readArchitecturePage()
const modules = await readSources(['src', 'bench', 'scripts'])
const plantedPage = parseArchitecturePage(`
### \`upload\`
| from the ground up | owns |
|---|---|
| \`store/\` | records |
| \`sending/\` | bytes |
| root | the engine |

## The door
| in | of | values from |
|---|---|---|
| \`react/\` | \`upload\` | \`upload/store/\` |
| \`react/loading.ts\` | \`upload\` | \`upload/engine.ts\` |
`)

describe('the repository has', () => {
  test('no files that import each other in a cycle', () => {
    expect(fileCycles(modules)).toEqual([])
  })

  test('no folders that import each other in a cycle', () => {
    expect(folderCycles(modules)).toEqual([])
  })

  test('no folder, file or function that is too large', () => {
    expect(tooLarge(modules)).toEqual([])
  })

  test('a row of the page for each folder, and a folder for each row', () => {
    expect(misplacedFolders(modules, page)).toEqual([])
  })

  test('folders that import only from rows before their own', () => {
    expect(upwardImports(modules, page)).toEqual([])
  })

  test('values of the engine by its door only', () => {
    expect(pastTheDoor(modules, page.doors)).toEqual([])
  })
})

describe('the check reports', () => {
  test('a cycle of files that is closed by a type', () => {
    const found = fileCycles(
      planted({
        'src/upload/first.ts': "import { second } from './second.js'",
        'src/upload/second.ts': "import type { First } from './first.js'",
      }),
    )

    expect(found).toEqual([
      expect.stringMatching(
        /^src\/upload\/first.ts → src\/upload\/second.ts → src\/upload\/first.ts: move/,
      ),
    ])
  })

  test('a cycle of folders without a cycle of files', () => {
    const found = folderCycles(
      planted({
        'src/upload/store/record.ts': "import { limit } from '../sending/limit.js'",
        'src/upload/store/state.ts': '',
        'src/upload/sending/limit.ts': '',
        'src/upload/sending/send.ts': "import { state } from '../store/state.js'",
      }),
    )

    expect(found).toEqual([
      expect.stringContaining(
        'by src/upload/store/record.ts → src/upload/sending/limit.ts, src/upload/sending/send.ts → src/upload/store/state.ts: move',
      ),
    ])
  })

  test('a folder of 22 files, a file of 301 lines and a function of 61', () => {
    const files = Array.from({ length: 22 }, (_, index) => [`src/s3/file-${index}.ts`, ''])
    const found = tooLarge(
      planted({
        ...Object.fromEntries(files),
        'src/upload/long.ts': '\n'.repeat(301),
        'src/upload/walk.ts': `const walk = () => {${'\n'.repeat(60)}}`,
      }),
    )

    expect(found).toEqual([
      expect.stringMatching(/^src\/s3 has 22 files: give/),
      expect.stringMatching(/^src\/upload\/long.ts has 301 lines: split/),
      expect.stringMatching(/^src\/upload\/walk.ts:1 is a function of 61 lines: split/),
    ])
  })

  test('a type that a lower folder takes from an upper one', () => {
    const found = upwardImports(
      planted({
        'src/upload/store/record.ts': "import type { Part } from '../sending/part.js'",
        'src/upload/sending/part.ts': "import { uploader } from '../uploader.js'",
        'src/upload/uploader.ts': "import { record } from './store/record.js'",
      }),
      plantedPage,
    )

    expect(found).toEqual([
      expect.stringMatching(/^src\/upload\/store\/record.ts → src\/upload\/sending\/part.ts: docs/),
      expect.stringMatching(/^src\/upload\/sending\/part.ts → src\/upload\/uploader.ts: docs/),
    ])
  })

  test('a folder without a row, and a row without a folder', () => {
    const found = misplacedFolders(
      planted({
        'src/upload/store/record.ts': '',
        'src/upload/extra/more.ts': '',
        'src/upload/uploader.ts': '',
      }),
      plantedPage,
    )

    expect(found).toEqual([
      expect.stringMatching(/^src\/upload\/extra\/ has no row in docs\/architecture.md: add/),
      expect.stringMatching(
        /^src\/upload\/sending\/ has a row in docs\/architecture.md and no file/,
      ),
    ])
  })

  test('a value that does not come by the door, and no type or late import', () => {
    const found = pastTheDoor(
      planted({
        'src/react/past.ts': "import { engine } from '../upload/engine.js'",
        'src/react/loading.ts': "import { engine } from '../upload/engine.js'",
        'src/react/store.ts': "import { record } from '../upload/store/record.js'",
        'src/react/type.ts': "import type { Engine } from '../upload/engine.js'",
        'src/react/late.ts': "export const load = () => import('../upload/engine.js')",
        'src/upload/engine.ts': '',
        'src/upload/store/record.ts': '',
      }),
      plantedPage.doors,
    )

    expect(found).toEqual([
      expect.stringMatching(/^src\/react\/past.ts → src\/upload\/engine.ts: not by the door/),
    ])
  })
})

function planted(files: Readonly<Record<string, string>>) {
  return Object.entries(files).map(([path, source]) => parseSource(path, source))
}
