import type { SeenFile } from './driver.js'
import { keepHiding } from './keep-hiding.js'
import type { Scenario, ScenarioFile, UserAction } from './scenario.js'
import { bucketName, type Site } from './site.js'
import type { Tab, Visitor } from './tab.js'

/** What a run has come to. */
export interface Run {
  /** Every file that some tab has reported complete, once for each time. */
  readonly completed: readonly SeenFile[]
  /** How each file stands in each tab that is left. */
  readonly last: readonly SeenFile[]
  /** Files that had failed before the user retried them. */
  readonly failedBefore: readonly SeenFile[]
  /** Keys that were in the bucket then, without what pages that had gone before had put there. */
  readonly keysBefore: readonly string[]
  /** When a page went away, by `performance.now()`. */
  readonly goneAt: readonly number[]
  /** How much of the time the page was hidden, from 0 to 1. */
  readonly hiddenShare: number
  readonly hasSettled: boolean
  readonly errors: readonly string[]
}

const settleMs = 300_000
const lookMs = 150

/** Does what the user of a scenario does, and waits until nothing moves any more. */
export async function runScenario(
  scenario: Scenario,
  { site, visitor }: { site: Site; visitor: Visitor },
): Promise<Run> {
  const user = new User(scenario, { visitor, listKeys: () => keysOf(site) })
  await user.begin()
  site.beginBreaks()
  const hiding = keepHiding(scenario.hiddenSpells ?? [], visitor)
  try {
    const run = await actAndSettle(scenario, site, user)
    return { ...run, hiddenShare: hiding.share() }
  } finally {
    await hiding.end()
  }
}

async function actAndSettle(
  scenario: Scenario,
  site: Site,
  user: User,
): Promise<Omit<Run, 'hiddenShare'>> {
  const start = performance.now()
  for (const action of scenario.actions) {
    await sleep(action.afterMs - (performance.now() - start))
    await user.do(action)
  }
  let hasSettled = await user.settle()
  const failedBefore = user.failed()
  const keysBefore = (await keysOf(site)).filter((key) => !user.keysOfGonePages.has(key))
  if (failedBefore.length > 0) {
    site.heal()
    if (scenario.givesUp) await user.giveUp()
    else await user.retry()
    hasSettled = await user.settle()
  }
  site.heal()
  await user.giveUpChanged()
  const report = user.report()
  if (hasSettled) await user.tidyUp()
  return { ...report, failedBefore, keysBefore, hasSettled }
}

async function keysOf({ s3 }: Site): Promise<string[]> {
  return (await s3.objects(bucketName)).map(({ key }) => key)
}

interface Surroundings {
  readonly visitor: Visitor
  listKeys(): Promise<readonly string[]>
}

/** Somebody with one tab or two, who remembers what was complete in tabs that are gone. */
class User {
  readonly #scenario: Scenario
  readonly #visitor: Visitor
  readonly #listKeys: Surroundings['listKeys']
  readonly #tabs: Tab[] = []
  readonly #completed = new Map<string, SeenFile>()
  readonly #cancelled = new Set<string>()
  readonly #changed = new Set<string>()
  readonly #errors: string[] = []
  readonly #goneAt: number[] = []
  #last: SeenFile[] = []
  /** What lay in the bucket when a page had gone and the next had been given nothing. */
  readonly keysOfGonePages = new Set<string>()

  constructor(scenario: Scenario, { visitor, listKeys }: Surroundings) {
    this.#scenario = scenario
    this.#visitor = visitor
    this.#listKeys = listKeys
  }

  async begin(): Promise<void> {
    const tab = await this.#openTab()
    await tab.add(this.#scenario.files)
  }

  async do(action: UserAction): Promise<void> {
    const [tab] = this.#tabs
    if (!tab) return
    switch (action.kind) {
      case 'pause':
        await tab.pause(action.file)
        await sleep(action.forMs)
        await tab.resume(action.file)
        break
      case 'pause-all':
        await tab.pauseAll()
        await sleep(action.forMs)
        await tab.resumeAll()
        break
      case 'offline': {
        const goOnline = await this.#visitor.goOffline()
        await sleep(action.forMs)
        await goOnline()
        break
      }
      case 'cancel':
        await this.#look()
        await tab.remove(action.file)
        this.#cancelled.add(action.file)
        break
      case 'add-again':
        await this.#look()
        await tab.remove(action.file)
        this.#cancelled.delete(action.file)
        await tab.add(this.#files(action.file))
        break
      case 'cancel-all':
        await this.#look()
        await tab.cancelAll()
        for (const { name } of this.#scenario.files) this.#cancelled.add(name)
        break
      case 'change-file':
        for (const file of this.#files(action.file)) await this.#visitor.changeFile(file)
        this.#changed.add(action.file)
        break
      case 'reload':
        await this.#look()
        this.#goneAt.push(performance.now())
        await tab.reload()
        await this.#pickUnfinished(tab)
        break
      case 'close-tab':
        await this.#look()
        this.#goneAt.push(performance.now())
        await this.#closeTab(tab)
        await this.#pickUnfinished(await this.#openTab())
        break
      case 'second-tab':
        await (await this.#openTab()).add(this.#files(action.file))
        break
      default:
        action satisfies never
    }
  }

  /** Waits until every file is complete or failed; tells whether it came to that. */
  async settle(): Promise<boolean> {
    const end = performance.now() + (this.#scenario.limitMs ?? settleMs)
    for (;;) {
      await this.#look()
      const isMoving = ({ status }: SeenFile) => status !== 'complete' && status !== 'failed'
      if (!this.#last.some(isMoving)) return true
      if (performance.now() > end) return false
      await sleep(lookMs)
    }
  }

  failed(): SeenFile[] {
    return this.#last.filter(({ status }) => status === 'failed')
  }

  async retry(): Promise<void> {
    for (const tab of this.#tabs) await tab.retry()
    // A retried file is failed until its upload begins.
    await sleep(lookMs)
  }

  /** Removes what has failed. */
  async giveUp(wanted = this.failed()): Promise<void> {
    for (const tab of this.#tabs) {
      const here = new Set((await tab.look()).map(({ name, status }) => `${status} ${name}`))
      for (const { name } of wanted) if (here.has(`failed ${name}`)) await tab.remove(name)
    }
    await this.#look()
  }

  /** A changed file fails again and again; the user removes it. */
  async giveUpChanged(): Promise<void> {
    await this.giveUp(this.failed().filter(({ name }) => this.#changed.has(name)))
  }

  /** Where a page has gone, opens it once more and gives up what is left unfinished. */
  async tidyUp(): Promise<void> {
    const [tab] = this.#tabs
    const hasGone = this.#scenario.actions.some(
      ({ kind }) => kind === 'reload' || kind === 'close-tab',
    )
    if (!tab || !hasGone) return
    await tab.reload()
    await tab.discardInterrupted()
  }

  report(): Pick<Run, 'completed' | 'last' | 'errors' | 'goneAt'> {
    for (const tab of this.#tabs) this.#errors.push(...tab.errors)
    const completed = [...this.#completed.values()]
    return { completed, last: this.#last, errors: this.#errors, goneAt: this.#goneAt }
  }

  async #openTab(): Promise<Tab> {
    const tab = await this.#visitor.openTab()
    this.#tabs.push(tab)
    return tab
  }

  async #closeTab(tab: Tab): Promise<void> {
    this.#tabs.splice(this.#tabs.indexOf(tab), 1)
    this.#errors.push(...tab.errors)
    await tab.close()
  }

  /** After a reload the page knows no file; the user picks those that were not complete. */
  async #pickUnfinished(tab: Tab): Promise<void> {
    for (const key of await this.#listKeys()) this.keysOfGonePages.add(key)
    const complete = new Set([...this.#completed.values()].map(({ name }) => name))
    const { files } = this.#scenario
    const wanted = files.filter(({ name }) => !complete.has(name) && !this.#cancelled.has(name))
    if (wanted.length > 0) await tab.add(wanted)
  }

  async #look(): Promise<void> {
    this.#last = (await Promise.all(this.#tabs.map((tab) => tab.look()))).flat()
    for (const file of this.#last) {
      if (file.key !== undefined) this.#completed.set(file.key, file)
    }
  }

  #files(wanted: string): ScenarioFile[] {
    return this.#scenario.files.filter(({ name }) => name === wanted)
  }
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, milliseconds)))
}
