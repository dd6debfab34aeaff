import type { ArchitecturePage, Layer } from './architecture-page.js'

interface Override {
  readonly includes: readonly string[]
  readonly linter: { readonly rules: Record<string, Record<string, unknown>> }
}

/** The part of the linter's settings that follows from the layer table. */
export interface LayerRules {
  readonly plugins: readonly { readonly path: string; readonly includes: readonly string[] }[]
  readonly overrides: readonly Override[]
}

type DeniedGlobals = Readonly<Record<string, string>>

const browserGlobals = [
  'window',
  'document',
  'localStorage',
  'sessionStorage',
  'XMLHttpRequest',
  'navigator',
  'location',
  'indexedDB',
]
const nodeGlobals = [
  'process',
  'Buffer',
  'global',
  '__dirname',
  '__filename',
  'require',
  'setImmediate',
]
/** What tells the time or waits. `clock.grit` has the members, as `Math.random`, and the values of `Date`: its type may be named. */
const clockGlobals = [
  'performance',
  'setTimeout',
  'clearTimeout',
  'setInterval',
  'clearInterval',
  'requestAnimationFrame',
  'requestIdleCallback',
  'MessageChannel',
]

/** Layers with a folder `node/`, in which modules and globals of Node are at home. */
const layersWithNode = ['server', 'testing']

/** What apps may build in the same way themselves. */
const arrangements = ['S3Uploader', 'S3FilePicker', 'S3ImagePicker'].map(
  (name) => `src/react/${name}.tsx`,
)

/** Writes the layer table as rules of the linter. */
export function layerRules({ layers }: ArchitecturePage): LayerRules {
  const withRuntime = layers.filter(({ takesRuntime }) => takesRuntime)
  const clockFolders = withRuntime.map(({ name }) => `**/src/${name}/**`)
  return {
    plugins: [{ path: './scripts/layers/clock.grit', includes: clockFolders }],
    overrides: [
      ...layers.map((layer) => layerOverride(layer, layers)),
      ...layers.filter(({ name }) => layersWithNode.includes(name)).map(nodeOverride),
      override(['src/cli/bin.ts'], { style: { noRestrictedGlobals: 'off' } }),
      override(arrangements, {
        style: { noRestrictedImports: arrangementImports() },
      }),
      override(['src/index.ts'], { style: { noRestrictedImports: mainEntryImports(layers) } }),
    ],
  }
}

function layerOverride(layer: Layer, layers: readonly Layer[]): Override {
  const style = {
    noRestrictedImports: error({ patterns: deniedImports(layer, layers) }),
    noRestrictedGlobals: error({ deniedGlobals: deniedGlobals(layer) }),
  }
  const noNodejsModules = layer.runsIn === 'Node' ? 'off' : 'error'
  return override([`src/${layer.name}/**`], { style, correctness: { noNodejsModules } })
}

function nodeOverride({ name, takesRuntime }: Layer): Override {
  return override([`src/${name}/node/**`], {
    style: { noRestrictedGlobals: takesRuntime ? error({ deniedGlobals: clockRule() }) : 'off' },
    correctness: { noNodejsModules: 'off' },
  })
}

function deniedImports({ name, mayImport }: Layer, layers: readonly Layer[]) {
  const denied = layers.filter((other) => other.name !== name && !mayImport.includes(other.name))
  return [
    {
      group: denied.map((other) => `**/${other.name}/**`),
      message: `The ${name} layer may not import this: see docs/architecture.md.`,
    },
    deniedPackages(name),
  ]
}

function deniedPackages(layer: string) {
  const react = ['react', 'react/**', 'react-dom', 'react-dom/**']
  const uppyReact = ['@uppy/react', '@uppy/react/**']
  if (layer === 'react') {
    return { group: uppyReact, message: 'Apps that want it install it: see docs/uppy.md.' }
  }
  if (layer === 'uppy') {
    const message = 'The uppy layer does not depend on React.'
    return { group: [...react, ...uppyReact], message }
  }
  const message = `The ${layer} layer does not depend on Uppy and React.`
  return { group: [...react, '@uppy/**'], message }
}

function deniedGlobals({ name, runsIn, takesRuntime }: Layer): DeniedGlobals {
  const clock = takesRuntime ? clockRule() : {}
  if (runsIn === 'Node') return { ...commandGlobals(), ...clock }
  const ofNode = each(nodeGlobals, `${name} also runs where there is no Node.`)
  if (runsIn === 'browser') return { ...ofNode, ...clock }
  return {
    ...each(browserGlobals, `${name} also runs where there is no browser.`),
    ...ofNode,
    ...clock,
  }
}

function commandGlobals(): DeniedGlobals {
  return {
    ...each(browserGlobals, 'The command runs where there is no browser.'),
    ...each(nodeGlobals, 'cli uses web standards and the modules of Node.'),
    process: 'Take it from the terminal, so that tests can supply their own.',
  }
}

function clockRule(): DeniedGlobals {
  return each(clockGlobals, 'Take it from Runtime: see docs/architecture.md.')
}

function mainEntryImports(layers: readonly Layer[]) {
  const group = layers.map(({ name }) => name).filter((name) => name !== 'react' && name !== 'uppy')
  return error({
    patterns: [
      {
        group: group.map((name) => `**/${name}/**`),
        message: 'The main entry lists names of react and uppy only.',
      },
    ],
  })
}

/** What only arranges parts: whatever it needs beside, apps that arrange them need too. */
function arrangementImports() {
  const message = 'It arranges parts and hooks: give what it needs to a part.'
  return error({ patterns: [{ group: ['.*/**', '!./parts/**', '!./hooks/**'], message }] })
}

function override(includes: readonly string[], rules: Override['linter']['rules']): Override {
  return { includes, linter: { rules } }
}

function error(options: unknown) {
  return { level: 'error', options }
}

function each(names: readonly string[], message: string): DeniedGlobals {
  return Object.fromEntries(names.map((name) => [name, message]))
}
