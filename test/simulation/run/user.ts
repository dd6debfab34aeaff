import { kibibyte, mebibyte } from '../../../src/s3/byte-units.js'
import type { AddOptions } from '../../../src/uppy/intake/addable-file.js'
import { Process } from '../clock/process.js'
import { startMs } from '../clock/virtual-runtime.js'
import { SimulatedFile } from '../page/blob.js'
import { DiskFile } from '../page/disk-file.js'
import { type SeenFile, Tab } from '../page/tab.js'
import type { ScenarioEvent } from '../scenario/scenario.js'
import { contentOf } from '../world/content-of.js'
import { Durations } from '../world/durations.js'
import type { World } from '../world/world.js'
import { acts } from './acts/acts.js'

/** What a file is recognized by. */
const endBytes = 64 * kibibyte
/** In each mebibyte, where no sample is taken. */
const placeOfChange = 777 * kibibyte
const chosenMs = startMs - 24 * 3600_000
/** Somebody with files and a tab or two, who remembers what was complete in tabs that are gone. */
export class User {
  readonly disk: ReadonlyMap<string, DiskFile>
  readonly tabs: Tab[] = []
  /** What was reported complete, by key. */
  readonly completed = new Map<string, SeenFile>()
  readonly cancelled = new Set<string>()
  /** What was removed and brought back. */
  readonly undone: { readonly tab: Tab; readonly name: string }[] = []
  /** Contents that each file has had. */
  readonly contents = new Map<string, Uint8Array<ArrayBuffer>[]>()
  /** When a page went away. */
  readonly goneMs: number[] = []
  readonly durations: Durations
  readonly #world: World
  #opened = 0

  constructor(world: World) {
    this.#world = world
    this.durations = new Durations(world.clock)
    const { scenario } = world
    this.disk = new Map(
      scenario.files.map(({ name, mebibytes, bytes }) => {
        const content = contentOf(`${scenario.seed} ${name}`, mebibytes * mebibyte + bytes)
        this.contents.set(name, [content])
        return [name, new DiskFile(name, content)]
      }),
    )
  }

  /** Opens a tab in a task of its own, and chooses files in it. */
  openTab(names: readonly string[]): void {
    const { clock, computer } = this.#world
    this.#opened += 1
    const process = new Process(`tab ${this.#opened}`)
    process.asleepUntilMs = computer.asleepUntilMs
    const open = () => {
      const tab = new Tab(this.#world, process)
      this.tabs.push(tab)
      this.choose(tab, names)
    }
    clock.at(0, open, { process })
  }

  /** What all tabs show; remembers what is complete. */
  look(): SeenFile[] {
    const seen = this.tabs.flatMap((tab) => tab.look())
    for (const file of seen) if (file.key !== undefined) this.completed.set(file.key, file)
    return seen
  }

  /** Whether the file that a name, or a key, ends with has had other bytes. */
  hasChanged(key: string): boolean {
    for (const [name, contents] of this.contents) {
      if (key.endsWith(name)) return contents.length > 1
    }
    return false
  }

  /** A page goes, with everything that it was doing. */
  closeTab(tab: Tab): void {
    this.look()
    this.goneMs.push(this.#world.clock.now)
    this.#world.endPage(tab.process)
    this.tabs.splice(this.tabs.indexOf(tab), 1)
  }

  /** Does, or suffers, what an event says. */
  do(event: ScenarioEvent): void {
    this.look()
    this.#world.noteTrouble(event.forMs ?? 0)
    const [tab] = this.tabs
    const { durations } = this
    if (tab) acts[event.kind]({ world: this.#world, user: this, durations, tab, event })
  }

  /** Does something in a tab, in a task of that. */
  inTab(tab: Tab, act: () => void): void {
    this.#world.clock.at(0, act, { process: tab.process })
  }

  /** Does something in every tab that is open. */
  inEveryTab(act: (tab: Tab) => void): void {
    for (const tab of this.tabs) this.inTab(tab, () => act(tab))
  }

  /** The file on the disk gets other bytes, but for its ends if they are kept, or in a place of each mebibyte. */
  changeFile(
    name: string,
    {
      keepsEnds = false,
      isSlight = false,
      isUnseen = false,
    }: Pick<ScenarioEvent, 'keepsEnds' | 'isSlight' | 'isUnseen'>,
  ): void {
    const file = this.disk.get(name)
    const contents = this.contents.get(name)
    if (!file || !contents) return
    const { bytes } = file
    const other = contentOf(`changed ${contents.length} ${name}`, bytes.length)
    const changed = isSlight ? bytes.slice() : other
    if (isSlight) {
      for (let at = placeOfChange; at < bytes.length; at += mebibyte)
        changed[at] = (bytes[at] ?? 0) ^ 1
    } else if (keepsEnds) {
      changed.set(bytes.subarray(0, endBytes))
      changed.set(bytes.subarray(-endBytes), Math.max(0, bytes.length - endBytes))
    }
    contents.push(changed)
    file.isChangeUnseen = isUnseen
    file.write(changed)
  }

  /** After a reload the page knows no file; the user chooses those that were not complete and that it does not show. */
  chooseUnfinished(): void {
    const tab = this.tabs.at(-1)
    if (!tab) return
    const seen = [...this.completed.values(), ...tab.look()].map(({ name }) => name)
    const left = [...this.disk.keys()].filter(
      (name) => !seen.includes(name) && !this.cancelled.has(name),
    )
    if (left.length === 0) return
    this.inTab(tab, () => this.choose(tab, left))
  }

  /** Chooses files; has to be called in a task of the tab. */
  choose(tab: Tab, names: readonly string[], options: AddOptions = {}): void {
    const files = names.flatMap((name) => this.disk.get(name) ?? [])
    if (files.length === 0) return
    tab.add(
      files.map((file) => new SimulatedFile(file, chosenMs)),
      options,
    )
  }

  /** What was paused when it was removed comes back so; has to be called in a task of the tab. */
  resumeUndone(tab: Tab): void {
    for (const back of this.undone) if (back.tab === tab) tab.setPaused(back.name, false)
  }

  /** Brings back what was removed last; has to be called in a task of the tab. */
  undo(tab: Tab): void {
    for (const name of tab.undo()) {
      this.cancelled.delete(name)
      this.undone.push({ tab, name })
    }
  }
}
