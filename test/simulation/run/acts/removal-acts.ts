import type { RemovalEventKind } from '../../scenario/scenario.js'
import type { Acts } from './act.js'

/** So long after a file is back, its user has it go on if it was paused. */
const resumingMs = 2000

/** What a user does with files that are to come back, or to give way to others. */
export const removalActs: Acts<RemovalEventKind> = {
  undo({ user, durations, tab, event: { file = '', forMs = 0 } }) {
    user.cancelled.add(file)
    user.inTab(tab, () => tab.remove(file))
    durations.later(forMs, () => {
      user.inTab(tab, () => user.undo(tab))
      durations.later(resumingMs, () => user.inTab(tab, () => user.resumeUndone(tab)))
    })
  },
  'take-out'({ user, tab, event: { file = '' } }) {
    user.cancelled.add(file)
    user.inTab(tab, () => tab.takeOut(file))
  },
  replace({ user, tab, event: { file = '' } }) {
    user.inTab(tab, () => {
      for (const { name } of tab.look()) user.cancelled.add(name)
      user.cancelled.delete(file)
      user.choose(tab, [file], { replace: true })
    })
  },
}
