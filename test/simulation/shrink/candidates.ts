/** Offers simpler scenarios one after the other, and hears of each whether it still shows the problem. */
export type Candidates<Scenario> = Generator<Scenario, void, boolean>

type Item = Readonly<Record<string, unknown>>

/** The items of a list of a scenario; none if it has no such list. */
export function itemsOf(scenario: object, list: string): readonly Item[] {
  // Scenarios are plain JSON.
  const items = (scenario as Item)[list]
  return Array.isArray(items) ? items : []
}

/** The value at a path; undefined where there is nothing. */
export function valueAt(scenario: object, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, name) => (value as Item | undefined)?.[name], scenario)
}

/** The same scenario with another value at a path, or without the member if the value is undefined. */
export function withValue<Scenario extends object>(
  scenario: Scenario,
  [name = '', ...rest]: readonly string[],
  value: unknown,
): Scenario {
  const before = (scenario as Item)[name]
  const next = rest.length === 0 ? value : withValue(before as object, rest, value)
  if (next !== undefined) {
    // Lists stay lists.
    const copy = Array.isArray(scenario) ? [...scenario] : { ...scenario }
    return Object.assign(copy, { [name]: next }) as Scenario
  }
  const { [name]: _, ...left } = scenario as Item
  return left as Scenario
}
