import data from '@mdn/browser-compat-data' with { type: 'json' }
import type { BrowserName, Identifier, SupportStatement } from '@mdn/browser-compat-data'

/** The oldest browsers in which uploads work, as docs/browsers.md has them. */
export const floor = {
  safari: 16.4,
  safari_ios: 16.4,
  chrome: 111,
  edge: 111,
  firefox: 113,
} as const satisfies Partial<Record<BrowserName, number>>

type Floor = { readonly [Name in keyof typeof floor]: number }

/** Of globals that are objects, which interface they have. */
const interfaceOf: Readonly<Record<string, string>> = {
  globalThis: 'Window',
  window: 'Window',
  self: 'Window',
  document: 'Document',
  navigator: 'Navigator',
  crypto: 'Crypto',
  performance: 'Performance',
  indexedDB: 'IDBFactory',
  location: 'Location',
  history: 'History',
}

const { api, javascript } = data
// `__compat` is on features alone, and none is looked up under that name.
const interfaces = [api, javascript.builtins ?? {}] as Record<string, Identifier>[]

/** What an uploader has in its hands; of all others, the names of members would only be mistaken for our own. */
const inUse =
  /^(Abort|Array|Blob|Broadcast|Crypto|CustomEvent|DataTransfer|DOM(?!Matrix|Point|Rect|Quad)|Document|Element|Error|Event|File|FormData|Headers|HTML(Element|Input|Button|Dialog)|IDB|Intl|Iterator|Lock|Map|MediaQuery|Message|Mutation|Navigator|Node|Number|Object|Performance$|Promise|Readable|RegExp|Request|Resize|Response|ServiceWorker|Set|String|Subtle|TextDecoder|TextEncoder|Transform|TypedArray|Uint8Array|URL|Weak|Window|Worker|Writable|XML)/

/** Every feature of that name, of whichever interface. */
const membersByName = new Map<string, Identifier[]>()
for (const [owner, members] of interfaces.flatMap((all) => Object.entries(all))) {
  note(owner, members)
  if (!inUse.test(owner)) continue
  // Those of the class itself are looked up by its name.
  const ofInstances = Object.entries(members).filter(([name]) => !name.endsWith('_static'))
  for (const [name, member] of ofInstances as [string, Identifier][]) note(name, member)
}

function note(name: string, feature: Identifier): void {
  membersByName.set(name, [...(membersByName.get(name) ?? []), feature])
}

/** Whether a global, such as `scheduler`, is there in every browser of the floor; true for what is no global. */
export function hasGlobal(name: string, browsers: Floor = floor): boolean {
  const found = [api.Window?.[name], api[name], javascript.builtins?.[name]]
  return isInSome(found, browsers)
}

/**
 * Whether a member is there in every browser of the floor; true for one that no standard knows.
 *
 * Of a receiver that is no global nothing is known: then it is enough that anything has a member of this name.
 */
export function hasMember(receiver: string | undefined, name: string, browsers = floor): boolean {
  const precise = receiver === undefined ? [] : membersOfGlobal(receiver, name)
  if (precise.length > 0) return isInSome(precise, browsers)
  return isInSome(membersByName.get(name) ?? [], browsers)
}

function membersOfGlobal(receiver: string, name: string): Identifier[] {
  if (interfaceOf[receiver] === 'Window' && (api[name] || javascript.builtins?.[name])) {
    return [api[name], javascript.builtins?.[name]].filter((found) => found !== undefined)
  }
  const owner = interfaceOf[receiver] ?? receiver
  return interfaces
    .flatMap((all) => [all[owner]?.[`${name}_static`], all[owner]?.[name]])
    .filter((found) => found !== undefined)
}

function isInSome(features: readonly (Identifier | undefined)[], browsers: Floor): boolean {
  const known = features.flatMap((feature) => feature?.__compat ?? [])
  return known.length === 0 || known.some(({ support }) => supports(support, browsers))
}

function supports(
  support: Partial<Record<BrowserName, SupportStatement>>,
  browsers: Floor,
): boolean {
  return Object.entries(browsers).every(([browser, version]) => {
    // The keys of the floor are names of browsers.
    const statement = support[browser as BrowserName]
    const [newest] = [statement ?? []].flat()
    if (!newest || newest.flags || newest.version_removed) return false
    return Number.parseFloat(String(newest.version_added).replace('≤', '')) <= version
  })
}
