import type { Act, Acts } from './act.js'

/** How long it takes a user to choose files again. */
const choosingMs = 300

const leave: Act = ({ user, tab }) => {
  user.closeTab(tab)
  user.openTab([])
  user.later(choosingMs, () => user.chooseUnfinished())
}

/** What a user does with pages. */
export const tabActs: Acts<'reload' | 'close-tab' | 'second-tab' | 'hide'> = {
  reload: leave,
  'close-tab': leave,
  'second-tab'({ user, event: { file = '' } }) {
    user.openTab([file])
  },
  hide({ world: { computer }, user, event: { forMs = 0 } }) {
    computer.isHidden = true
    user.later(forMs, () => {
      computer.isHidden = false
    })
  },
}
