import type { SeenFile } from './driver.js'
import type { ScenarioFile } from './scenario.js'

/** A page with an uploader, in a browser or not. */
export interface Tab {
  add(files: readonly ScenarioFile[]): Promise<void>
  pause(name: string): Promise<void>
  resume(name: string): Promise<void>
  pauseAll(): Promise<void>
  resumeAll(): Promise<void>
  remove(name: string): Promise<void>
  cancelAll(): Promise<void>
  retry(): Promise<void>
  /** Gives up what earlier pages have left unfinished. Only in a browser, which keeps it. */
  discardInterrupted(): Promise<void>
  look(): Promise<SeenFile[]>
  /** Loads the page anew; whatever was under way is gone. Only in a browser. */
  reload(): Promise<void>
  close(): Promise<void>
  /** What no scenario may cause. */
  readonly errors: readonly string[]
}

/** Where the tabs of one scenario are; they share what a browser's profile shares. */
export interface Visitor {
  openTab(): Promise<Tab>
  /** Writes other bytes into a file that was chosen. Only in a browser, whose files lie on a disk. */
  changeFile(file: ScenarioFile): Promise<void>
  /** Takes the network away until the function it returns is called. */
  goOffline(): Promise<() => Promise<void>>
  /** Puts another tab in front until the function it returns is called. Only in a browser. */
  hide(): Promise<() => Promise<void>>
  close(): Promise<void>
}
