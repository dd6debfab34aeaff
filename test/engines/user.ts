import type { EngineTab } from './engine.js'
import type { Happening } from './happening.js'
import { until } from './until.js'

/** Somebody in front of a page with the component. */
export interface User extends EngineTab {
  happenings(): Promise<Happening[]>
  /** Waits until so many files have ended, well or badly, and returns how. */
  ended(count: number, limitMs?: number): Promise<Happening[]>
  /** Presses the first button whose name matches. @throws when there is none */
  press(name: RegExp): Promise<void>
  /** Gives the key focus to the first button whose name matches. */
  focus(name: RegExp): Promise<void>
  /** The name of what has the key focus. */
  focused(): Promise<string>
  /** What the page says, in one line. */
  text(): Promise<string>
  hasButton(name: RegExp): Promise<boolean>
  listItems(): Promise<number>
  /** Waits until the component is there. */
  ready(): Promise<void>
}

/** Gives a tab what a user of the component does. */
export function userOf(tab: EngineTab): User {
  const happenings = () => tab.ev(() => window.happenings ?? [])
  /** Runs in the page. */
  const findButton = (source: string, action: 'click' | 'focus' | 'find') => {
    const nameOf = (button: HTMLElement) => `${button.ariaLabel ?? ''} ${button.textContent}`
    const all = [...document.querySelectorAll<HTMLElement>('button')]
    const button = all.find((candidate) => new RegExp(source, 'i').test(nameOf(candidate)))
    if (action === 'click') button?.click()
    if (action === 'focus') button?.focus()
    return button !== undefined
  }
  const act = async (name: RegExp, action: 'click' | 'focus') => {
    await until(`a button ${name}`, () => tab.ev(findButton, name.source, 'find'))
    await tab.ev(findButton, name.source, action)
  }
  const user: User = {
    ...tab,
    happenings,
    async ended(count, limitMs = 60_000) {
      const ends = async () => (await happenings()).filter(({ kind }) => kind !== 'submitted')
      await until(`the end of ${count} files`, async () => (await ends()).length >= count, limitMs)
      return ends()
    },
    press: (name) => act(name, 'click'),
    focus: (name) => act(name, 'focus'),
    focused: () =>
      tab.ev(() => {
        const element = document.activeElement
        return `${element?.ariaLabel ?? ''} ${element?.textContent ?? ''}`.trim()
      }),
    text: async () => (await tab.ev(() => document.body.innerText)).replace(/\s*\n\s*/g, ' | '),
    hasButton: (name) => tab.ev(findButton, name.source, 'find'),
    listItems: () => tab.ev(() => document.querySelectorAll('li').length),
    ready: () =>
      until('the component', () =>
        tab.ev(() => document.querySelector('input[type=file]') !== null).catch(() => false),
      ),
    async go(url) {
      await tab.go(url)
      await user.ready()
    },
    async reload() {
      await tab.reload()
      await user.ready()
    },
  }
  return user
}
