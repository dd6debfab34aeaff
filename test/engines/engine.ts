/** A browser engine that the rows are run in. */
export interface Engine {
  readonly name: 'firefox' | 'webkit'
  readonly version: string
  /** Opens a tab with a profile of its own. */
  open(url: string): Promise<EngineTab>
  close(): Promise<void>
}

/** What a driver can do in a tab. */
export interface EngineTab {
  go(url: string): Promise<void>
  /** Goes back in the history. */
  back(): Promise<void>
  reload(): Promise<void>
  /** Runs a function in the page; its arguments and what it returns or resolves with are JSON. */
  ev<Given extends readonly unknown[], Result>(
    run: (...given: Given) => Result | Promise<Result>,
    ...given: Given
  ): Promise<Result>
  /** Chooses files of the disk in the page's file input. */
  choose(...paths: string[]): Promise<void>
  key(key: Key): Promise<void>
  /** A picture of the tab, PNG. */
  shot(): Promise<Buffer>
  close(): Promise<void>
}

export type Key = 'Tab' | 'Enter' | 'Space'

/** The source of a function as an expression that calls it. */
export function callOf(run: unknown, given: readonly unknown[]): string {
  return `(${String(run)})(...${JSON.stringify(given)})`
}
