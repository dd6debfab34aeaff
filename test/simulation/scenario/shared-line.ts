import type { Scenario } from './scenario.js'

/** Whether two tabs share a line which breaks again and again: each of them may get too little of it. */
export function isLineShared({ events, line }: Scenario): boolean {
  return line.breakEverySeconds !== undefined && events.some(({ kind }) => kind === 'second-tab')
}
