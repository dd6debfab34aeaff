import type { Act, Acts } from './act.js'

/** How long it takes a user to choose files again. */
const choosingMs = 300

const leave: Act = ({ user, durations, tab }) => {
  user.closeTab(tab)
  user.openTab([])
  durations.later(choosingMs, () => user.chooseUnfinished())
}

/** What a user does with pages. */
export const tabActs: Acts<'reload' | 'close-tab' | 'second-tab' | 'hide'> = {
  reload: leave,
  'close-tab': leave,
  'second-tab'({ user, event: { file = '' } }) {
    user.openTab([file])
  },
  hide({ world: { computer }, durations, event: { forMs = 0 } }) {
    computer.isHidden = true
    durations.later(forMs, () => {
      computer.isHidden = false
    })
  },
}
