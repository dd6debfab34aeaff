import type { SeenFile } from './driver.js'
import type { ScenarioFile } from './scenario.js'

/** A page with an uploader. */
export interface Tab {
  add(files: readonly ScenarioFile[]): Promise<void>
  pause(name: string): Promise<void>
  resume(name: string): Promise<void>
  pauseAll(): Promise<void>
  resumeAll(): Promise<void>
  remove(name: string): Promise<void>
  cancelAll(): Promise<void>
  retry(): Promise<void>
  /** Gives up what earlier pages have left unfinished. */
  discardInterrupted(): Promise<void>
  look(): Promise<SeenFile[]>
  /** Loads the page anew; whatever was under way is gone. */
  reload(): Promise<void>
  close(): Promise<void>
  /** What no scenario may cause. */
  readonly errors: readonly string[]
}

/** Where the tabs of one scenario are; they share what a browser's profile shares. */
export interface Visitor {
  openTab(): Promise<Tab>
  /** Writes other bytes into a file that was chosen. */
  changeFile(file: ScenarioFile): Promise<void>
  /** Takes the network away until the function it returns is called. */
  goOffline(): Promise<() => Promise<void>>
  /** Puts another tab in front until the function it returns is called. */
  hide(): Promise<() => Promise<void>>
  close(): Promise<void>
}
